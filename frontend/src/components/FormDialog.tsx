import { Button, Dialog, Portal } from '@chakra-ui/react'
import type { FormEvent, ReactNode } from 'react'

import { isConflict, type UserError } from '@/api/errors'

import { Notice } from './Notice'

type Size = 'sm' | 'md' | 'lg'

interface DialogFormProps {
  title: string
  verb: string
  onSubmit: () => void
  onClose: () => void
  isPending?: boolean
  isReady?: boolean
  isDanger?: boolean
  /** Errors that no field shows. */
  errors?: readonly UserError[]
  children: ReactNode
}

/** A dialog with one form and one verb at the end. It is drawn while it is open. */
export function FormDialog({ size, ...form }: DialogFormProps & { size?: Size }) {
  return (
    <DialogFrame size={size} onClose={form.onClose}>
      <DialogForm {...form} />
    </DialogFrame>
  )
}

/** The dialog around a form; it stays while its form is exchanged, so that the focus is not lost. */
export function DialogFrame({
  size,
  onClose,
  children,
}: {
  size?: Size
  onClose: () => void
  children: ReactNode
}) {
  return (
    <Dialog.Root
      open
      placement="center"
      motionPreset="none"
      size={size}
      onOpenChange={(change) => !change.open && onClose()}
    >
      <Portal>
        <Dialog.Backdrop />
        <Dialog.Positioner p="16px">
          <Dialog.Content>{children}</Dialog.Content>
        </Dialog.Positioner>
      </Portal>
    </Dialog.Root>
  )
}

export function DialogForm(props: DialogFormProps) {
  const { title, verb, onSubmit, onClose, isPending, isReady = true, isDanger, errors = [], children } = props

  const isContested = errors.some(isConflict)

  function submit(event: FormEvent) {
    event.preventDefault()
    if (isReady && !isPending) onSubmit()
  }
  return (
    <form onSubmit={submit} noValidate>
      <Dialog.Header>
        <Dialog.Title>{title}</Dialog.Title>
      </Dialog.Header>
      <Dialog.Body display="flex" flexDirection="column" gap="16px">
        {children}
        {errors.map((error) => (
          <Notice key={error.message} tone="error">
            {error.message}
          </Notice>
        ))}
      </Dialog.Body>
      <Dialog.Footer>
        <Button onClick={onClose}>{isContested ? 'Take theirs' : 'Cancel'}</Button>
        <Button
          type="submit"
          variant={isDanger ? 'surface' : 'solid'}
          disabled={!isReady}
          loading={isPending}
        >
          {isContested ? 'Keep mine' : verb}
        </Button>
      </Dialog.Footer>
    </form>
  )
}
