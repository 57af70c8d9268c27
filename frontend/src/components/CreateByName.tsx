import { Button } from '@chakra-ui/react'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { TypedDocumentNode } from 'urql'

import { useAction } from '@/api/action'
import { announce } from '@/api/news'

import { NameDialog } from './NameDialog'

interface CreateByNameProps<Input> {
  projectId: string
  /** As in "tag". */
  noun: string
  mutation: TypedDocumentNode<object, { input: Input }>
  input: (name: string) => Input
  label?: string
  hint?: string
  isQuiet?: boolean
}

/** The button and dialog that make something that needs a name and no more. */
export function CreateByName<Input>(props: CreateByNameProps<Input>) {
  const { projectId, noun, mutation, input, label, hint, isQuiet = false } = props
  const [isOpen, setOpen] = useState(false)
  const { run, isPending, errors, reset } = useAction(mutation)

  async function submit(name: string) {
    if (!(await run({ input: input(name) }))) return
    setOpen(false)
    announce(projectId)
  }
  function close() {
    setOpen(false)
    reset()
  }
  return (
    <>
      <Button variant={isQuiet ? 'ghost' : 'outline'} onClick={() => setOpen(true)}>
        <Plus />
        New {noun}
      </Button>
      {isOpen && (
        <NameDialog
          title={`New ${noun}`}
          verb={`Create ${noun}`}
          label={label}
          hint={hint}
          isPending={isPending}
          errors={errors}
          onSubmit={submit}
          onClose={close}
        />
      )}
    </>
  )
}
