import { Input, Textarea } from '@chakra-ui/react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'

import { useAction } from '@/api/action'
import { fieldError, otherErrors } from '@/api/errors'
import { FormDialog } from '@/components/FormDialog'
import { FormField } from '@/components/FormField'

import { CreateProject } from './documents'

export function NewProjectDialog({ namespace, onClose }: { namespace: string; onClose: () => void }) {
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const create = useAction(CreateProject)
  const navigate = useNavigate()

  async function submit() {
    const payload = await create.run({ input: { name: name.trim(), description: description.trim() } })
    const project = payload?.project
    if (!project) return
    await navigate({
      to: '/projects/$namespace/$project',
      params: { namespace: project.namespace, project: project.name },
    })
  }
  return (
    <FormDialog
      title="New project"
      verb="Create project"
      isReady={name.trim() !== ''}
      isPending={create.isPending}
      errors={otherErrors(create.errors, ['name', 'description'])}
      onSubmit={submit}
      onClose={onClose}
    >
      <FormField
        label="Name"
        hint={`Its address will be ${namespace}/${name.trim() || '…'}`}
        error={fieldError(create.errors, 'name')}
      >
        <Input value={name} onChange={(event) => setName(event.target.value)} autoFocus />
      </FormField>
      <FormField label="Description (optional)" error={fieldError(create.errors, 'description')}>
        <Textarea rows={2} value={description} onChange={(event) => setDescription(event.target.value)} />
      </FormField>
    </FormDialog>
  )
}
