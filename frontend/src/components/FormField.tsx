import { Field, Flex } from '@chakra-ui/react'
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
      <Flex w="full" justify="space-between" textStyle="dense">
        <Field.Label>{label}</Field.Label>
        {aside}
      </Flex>
      {children}
      {hint && !error && <Field.HelperText>{hint}</Field.HelperText>}
      <Field.ErrorText role="alert">{error}</Field.ErrorText>
    </Field.Root>
  )
}
