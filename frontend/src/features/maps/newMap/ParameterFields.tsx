import { Grid, Input, NativeSelect } from '@chakra-ui/react'

import { fieldError, type UserError } from '@/api/errors'
import { FormField } from '@/components/FormField'

import { allowed, type Method, type Parameter, parameterError, type Typed } from './parameters'

interface ParameterFieldsProps {
  method: Method
  typed: Typed
  errors: readonly UserError[]
  onChange: (typed: Typed) => void
}

export function ParameterFields({ method, typed, errors, onChange }: ParameterFieldsProps) {
  return (
    <Grid templateColumns="1fr 1fr" gap="12px 16px" alignItems="start">
      {method.parameters.map((parameter) => {
        const value = typed[parameter.name] ?? ''
        const error = parameterError(parameter, value) ?? fieldError(errors, parameter.name)
        return (
          <FormField
            key={parameter.name}
            label={parameter.title}
            error={error}
            hint={[parameter.description, allowed(parameter)].filter(Boolean).join(' ')}
          >
            <ParameterInput
              parameter={parameter}
              value={value}
              onChange={(next) => onChange({ ...typed, [parameter.name]: next })}
            />
          </FormField>
        )
      })}
    </Grid>
  )
}

interface ParameterInputProps {
  parameter: Parameter
  value: string
  onChange: (value: string) => void
}

function ParameterInput({ parameter, value, onChange }: ParameterInputProps) {
  if (parameter.kind !== 'choice') {
    return (
      <Input
        inputMode={parameter.kind === 'integer' ? 'numeric' : 'decimal'}
        value={value}
        placeholder="automatic"
        onChange={(event) => onChange(event.target.value)}
      />
    )
  }
  return (
    <NativeSelect.Root>
      <NativeSelect.Field value={value} onChange={(event) => onChange(event.target.value)}>
        {parameter.choices?.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </NativeSelect.Field>
      <NativeSelect.Indicator />
    </NativeSelect.Root>
  )
}
