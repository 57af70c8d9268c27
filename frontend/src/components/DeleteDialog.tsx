import { Input, Text } from '@chakra-ui/react'
import { type ReactNode, useState } from 'react'

import { fieldError, otherErrors, type UserError } from '@/api/errors'

import { FormDialog } from './FormDialog'
import { FormField } from './FormField'

interface DeleteDialogProps {
  /** As in "dataset". */
  noun: string
  name: string
  /** What goes with it. */
  children: ReactNode
  verb?: string
  /** For what cannot be made again: the name has to be typed. */
  mustTypeName?: boolean
  isPending: boolean
  errors: readonly UserError[]
  onConfirm: () => void
  onClose: () => void
}

export function DeleteDialog(props: DeleteDialogProps) {
  const { noun, name, children, verb = 'Delete', mustTypeName = false, errors, onConfirm, ...dialog } = props
  const ownFields = mustTypeName ? ['confirmName'] : []
  const [typed, setTyped] = useState('')
  return (
    <FormDialog
      {...dialog}
      title={`${verb} ${noun} ${name}?`}
      verb={verb}
      size="sm"
      isDanger
      isReady={!mustTypeName || typed === name}
      errors={otherErrors(errors, ownFields)}
      onSubmit={onConfirm}
    >
      <Text color="text2">{children}</Text>
      {mustTypeName && (
        <FormField label={`Type ${name} to confirm`} error={fieldError(errors, 'confirmName')}>
          <Input
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="off"
            autoFocus
          />
        </FormField>
      )}
    </FormDialog>
  )
}
