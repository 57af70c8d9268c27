import { chakra, Input } from '@chakra-ui/react'
import { useState } from 'react'

import { FormField } from '@/components/FormField'

interface PasswordInputProps {
  label: string
  value: string
  autoComplete: 'current-password' | 'new-password'
  error?: string
  onChange: (value: string) => void
}

export function PasswordInput({ label, value, autoComplete, error, onChange }: PasswordInputProps) {
  const [isShown, setShown] = useState(false)
  const verb = (
    <chakra.button
      type="button"
      cursor="pointer"
      color="text2"
      fontWeight={400}
      aria-pressed={isShown}
      aria-label={isShown ? 'Hide password' : 'Show password'}
      onClick={() => setShown(!isShown)}
    >
      {isShown ? 'Hide' : 'Show'}
    </chakra.button>
  )
  return (
    <FormField label={label} error={error} aside={verb}>
      <Input
        type={isShown ? 'text' : 'password'}
        name={autoComplete}
        value={value}
        autoComplete={autoComplete}
        onChange={(event) => onChange(event.target.value)}
      />
    </FormField>
  )
}
