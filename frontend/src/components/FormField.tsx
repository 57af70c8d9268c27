import { Field } from '@chakra-ui/react'
import type { ReactNode } from 'react'

interface FormFieldProps {
  label: string
  error?: string
  hint?: ReactNode
  /** A small control at the end of the label's line. */
  aside?: ReactNode
  children: ReactNode
}

export function FormField({ label, error, hint, aside, children }: FormFieldProps) {
  return (
    <Field.Root invalid={Boolean(error)}>
      <Field.Label w="full">
        {label}
        {aside && <span style={{ marginLeft: 'auto' }}>{aside}</span>}
      </Field.Label>
      {children}
      {hint && !error && <Field.HelperText>{hint}</Field.HelperText>}
      <Field.ErrorText role="alert">{error}</Field.ErrorText>
    </Field.Root>
  )
}
