import { Grid, Input, NativeSelect } from '@chakra-ui/react'

import { fieldError, type UserError } from '@/api/errors'
import { FormField } from '@/components/FormField'

import { allowed, type Method, type Parameter, parameterError, type Typed } from './parameters'

interface ParameterFieldsProps {
  method: Method
  parameters: readonly Parameter[]
  typed: Typed
  errors: readonly UserError[]
  onChange: (typed: Typed) => void
}

export function ParameterFields({ method, parameters, typed, errors, onChange }: ParameterFieldsProps) {
  return (
    <Grid templateColumns="1fr 1fr" gap="12px 16px" alignItems="start">
      {parameters.map((parameter) => {
        const value = typed[parameter.name] ?? ''
        const error = parameterError(parameter, value) ?? fieldError(errors, parameter.name)
        return (
          <FormField
            key={parameter.name}
            label={parameter.title}
            error={error}
            hint={[hintOf(method, parameter, value), allowed(parameter)].filter(Boolean).join(' ')}
          >
            <ParameterInput
              method={method}
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

/** Of engines what the chosen one is, and why others are not there. */
function hintOf({ engines }: Method, { name, description }: Parameter, value: string): string {
  if (name !== 'engine') return description
  const chosen = engines.find((each) => each.name === value)
  const missing = engines.filter((each) => !each.available)
  return [chosen?.description, ...missing.map((each) => each.unavailableReason)].filter(Boolean).join(' ')
}

interface ParameterInputProps {
  method: Method
  parameter: Parameter
  value: string
  onChange: (value: string) => void
}

function ParameterInput({ method, parameter, value, onChange }: ParameterInputProps) {
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
        {parameter.choices?.map((choice) => {
          const engine = parameter.name === 'engine' && method.engines.find((each) => each.name === choice)
          return (
            <option key={choice} value={choice} disabled={engine ? !engine.available : false}>
              {engine ? engine.title : choice}
            </option>
          )
        })}
      </NativeSelect.Field>
      <NativeSelect.Indicator />
    </NativeSelect.Root>
  )
}
