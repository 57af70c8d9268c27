import { Textarea } from '@chakra-ui/react'
import { useState } from 'react'

import { useAction } from '@/api/action'
import { fieldError, otherErrors } from '@/api/errors'
import type { ProjectInfo } from '@/api/project'
import { FormDialog } from '@/components/FormDialog'
import { FormField } from '@/components/FormField'

import { UpdateProject } from './documents'

export function DescriptionDialog({ project, onClose }: { project: ProjectInfo; onClose: () => void }) {
  const [description, setDescription] = useState(project.description)
  const [expectedVersion] = useState(project.editVersion)
  const update = useAction(UpdateProject)

  async function submit() {
    const input = { id: project.id, description: description.trim(), expectedVersion }
    if (await update.run({ input })) onClose()
  }
  return (
    <FormDialog
      title="Describe project"
      verb="Save"
      isPending={update.isPending}
      errors={otherErrors(update.errors, ['description'])}
      onSubmit={submit}
      onClose={onClose}
    >
      <FormField label="Description" error={fieldError(update.errors, 'description')}>
        <Textarea
          rows={3}
          value={description}
          onChange={(event) => setDescription(event.target.value)}
          autoFocus
        />
      </FormField>
    </FormDialog>
  )
}
