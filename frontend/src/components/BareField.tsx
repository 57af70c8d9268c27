import { Field } from '@chakra-ui/react'
import type { ReactNode } from 'react'

import { errorText, type UserError } from '@/api/errors'

/** A control that names itself, and below it, for ears too, why what it holds was refused. */
export function BareField({ errors, children }: { errors: readonly UserError[]; children: ReactNode }) {
  return (
    <Field.Root invalid={errors.length > 0}>
      {children}
      <Field.ErrorText role="alert">{errorText(errors)}</Field.ErrorText>
    </Field.Root>
  )
}
