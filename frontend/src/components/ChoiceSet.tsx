import { chakra, Flex, Text } from '@chakra-ui/react'
import { type ReactNode, useId } from 'react'

interface ChoiceSetProps {
  legend: string
  maxHeight: string
  error?: string
  children: ReactNode
}

/** The frame around choices that belong together, and below it why what was chosen is refused. */
export function ChoiceSet({ legend, maxHeight, error, children }: ChoiceSetProps) {
  const errorId = useId()
  return (
    <chakra.fieldset aria-invalid={Boolean(error)} aria-describedby={error && errorId}>
      <chakra.legend textStyle="dense" fontWeight={500} mb="6px">
        {legend}
      </chakra.legend>
      <Flex
        direction="column"
        maxH={maxHeight}
        overflowY="auto"
        borderWidth="1px"
        borderColor={error ? 'error' : 'borderStrong'}
        borderRadius="control"
      >
        {children}
      </Flex>
      {error && (
        <Text id={errorId} role="alert" textStyle="dense" color="error" mt="4px">
          {error}
        </Text>
      )}
    </chakra.fieldset>
  )
}
