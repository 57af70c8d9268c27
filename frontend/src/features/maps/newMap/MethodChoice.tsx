import { chakra, Grid, Text } from '@chakra-ui/react'
import { useId } from 'react'

import type { Method } from './parameters'

interface MethodChoiceProps {
  methods: readonly Method[]
  chosen: Method
  error?: string
  onChange: (name: string) => void
}

/** The ways to make a map, and what the chosen one does; those that the server lacks say why. */
export function MethodChoice({ methods, chosen, error, onChange }: MethodChoiceProps) {
  const name = useId()
  const missing = methods.filter((each) => !each.available)
  return (
    <chakra.fieldset aria-invalid={Boolean(error)}>
      <chakra.legend textStyle="dense" fontWeight={500} mb="6px">
        Method
      </chakra.legend>
      <Grid templateColumns="repeat(3, 1fr)" gap="6px">
        {methods.map((each) => (
          <Option
            key={each.name}
            group={name}
            method={each}
            isChosen={each.name === chosen.name}
            onChoose={() => onChange(each.name)}
          />
        ))}
      </Grid>
      <Text textStyle="dense" color="text2" mt="6px">
        {chosen.description} {chosen.advice}
      </Text>
      {missing.map((each) => (
        <Text key={each.name} textStyle="dense" color="text3" mt="4px">
          {each.title} cannot be used here. {each.unavailableReason}
        </Text>
      ))}
      {error && (
        <Text role="alert" textStyle="dense" color="error" mt="4px">
          {error}
        </Text>
      )}
    </chakra.fieldset>
  )
}

interface OptionProps {
  group: string
  method: Method
  isChosen: boolean
  onChoose: () => void
}

function Option({ group, method, isChosen, onChoose }: OptionProps) {
  return (
    <chakra.label
      display="flex"
      alignItems="center"
      gap="8px"
      px="10px"
      minH="32px"
      borderWidth="1px"
      borderColor={isChosen ? 'accentBorder' : 'borderStrong'}
      bg={isChosen ? 'accentBg' : undefined}
      borderRadius="control"
      textStyle="dense"
      fontWeight={500}
      opacity={method.available ? 1 : 0.5}
      cursor={method.available ? 'pointer' : 'not-allowed'}
      title={method.unavailableReason ?? method.description}
    >
      <input type="radio" name={group} checked={isChosen} disabled={!method.available} onChange={onChoose} />
      {method.title}
    </chakra.label>
  )
}
