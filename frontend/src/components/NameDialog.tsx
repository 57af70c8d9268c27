import { Input } from '@chakra-ui/react'
import { useState } from 'react'

import { fieldError, otherErrors, type UserError } from '@/api/errors'

import { FormDialog } from './FormDialog'
import { FormField } from './FormField'

interface NameDialogProps {
  title: string
  verb: string
  label?: string
  hint?: string
  initial?: string
  isPending: boolean
  errors: readonly UserError[]
  onSubmit: (name: string) => void
  onClose: () => void
}

/** Asks for one name: for a new thing, or a new name for an old one. */
export function NameDialog({
  initial = '',
  label = 'Name',
  hint,
  errors,
  onSubmit,
  ...dialog
}: NameDialogProps) {
  const [name, setName] = useState(initial)
  return (
    <FormDialog
      {...dialog}
      size="sm"
      isReady={name.trim() !== '' && name.trim() !== initial}
      errors={otherErrors(errors, ['name', 'version'])}
      onSubmit={() => onSubmit(name.trim())}
    >
      <FormField
        label={label}
        hint={hint}
        error={fieldError(errors, 'name') ?? fieldError(errors, 'version')}
      >
        <Input value={name} onChange={(event) => setName(event.target.value)} autoFocus />
      </FormField>
    </FormDialog>
  )
}
