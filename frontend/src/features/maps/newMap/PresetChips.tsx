import { chakra, Flex, Text } from '@chakra-ui/react'

import { type Method, presetOf, type Typed, typedOf } from './parameters'

interface PresetChipsProps {
  method: Method
  typed: Typed
  onChange: (typed: Typed) => void
}

/** Parameters that go together; the one that is typed now, if any, is marked. */
export function PresetChips({ method, typed, onChange }: PresetChipsProps) {
  if (method.presets.length === 0) return null
  const current = presetOf(method, typed)
  return (
    <div>
      <Flex gap="6px" wrap="wrap" role="group" aria-label="Presets">
        {method.presets.map((preset) => {
          const isCurrent = preset.name === current?.name
          return (
            <chakra.button
              key={preset.name}
              type="button"
              aria-pressed={isCurrent}
              title={preset.description}
              h="24px"
              px="8px"
              borderWidth="1px"
              borderColor={isCurrent ? 'accentBorder' : 'borderStrong'}
              bg={isCurrent ? 'accentBg' : 'raised'}
              color={isCurrent ? 'accentText' : 'text'}
              borderRadius="chip"
              textStyle="dense"
              cursor="pointer"
              onClick={() =>
                onChange({ ...typed, ...typedOf(method, preset.parameters), ...kept(method, typed) })
              }
            >
              {preset.title}
            </chakra.button>
          )
        })}
      </Flex>
      <Text textStyle="dense" color="text2" mt="4px">
        {current ? current.description : 'Your own parameters.'}
      </Text>
    </div>
  )
}

/** Whether labels are used is a question of its own, which no preset answers. */
function kept(method: Method, typed: Typed): Typed {
  const switches = method.parameters.filter(({ kind }) => kind === 'boolean')
  return Object.fromEntries(switches.map(({ name }) => [name, typed[name] ?? '']))
}
