import { chakra, Text } from '@chakra-ui/react'

import { Notice } from '@/components/Notice'

import type { Parameter, Typed } from './parameters'

interface LabelSwitchProps {
  parameter: Parameter
  typed: Typed
  onChange: (typed: Typed) => void
}

/** A parameter that is on or off: whether labels pull the map; on, it says what the map then no longer shows. */
export function LabelSwitch({ parameter, typed, onChange }: LabelSwitchProps) {
  const isOn = typed[parameter.name] === 'true'
  return (
    <div>
      <chakra.label display="flex" alignItems="center" gap="8px" textStyle="dense" cursor="pointer">
        <input
          type="checkbox"
          role="switch"
          checked={isOn}
          onChange={() => onChange({ ...typed, [parameter.name]: String(!isOn) })}
        />
        <Text fontWeight={500}>{parameter.title}</Text>
      </chakra.label>
      <Text textStyle="dense" color="text2" mt="2px" mb={isOn ? '6px' : 0}>
        {parameter.description}
      </Text>
      {isOn && parameter.name === 'supervised' && (
        <Notice tone="warning">
          Such a map shows the labels too: it is no evidence that the categories can be told apart.
        </Notice>
      )}
    </div>
  )
}
