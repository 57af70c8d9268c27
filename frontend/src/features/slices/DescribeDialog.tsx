import { Textarea } from '@chakra-ui/react'
import { useState } from 'react'

import { useAction } from '@/api/action'
import { fieldError, otherErrors } from '@/api/errors'
import { announce } from '@/api/news'
import type { ProjectInfo } from '@/api/project'
import { FormDialog } from '@/components/FormDialog'
import { FormField } from '@/components/FormField'

import { UpdateSlice } from './writes'

export interface SliceDialogProps {
  project: ProjectInfo
  slice: { id: string; editVersion: number; name: string; description: string; datapointCount: number }
  onClose: () => void
}

export function DescribeDialog({ project, slice, onClose }: SliceDialogProps) {
  const [description, setDescription] = useState(slice.description)
  const [expectedVersion] = useState(slice.editVersion)
  const update = useAction(UpdateSlice)

  async function submit() {
    const input = { id: slice.id, description: description.trim(), expectedVersion }
    if (!(await update.run({ input }))) return
    announce(project.id)
    onClose()
  }
  return (
    <FormDialog
      title={`Describe slice ${slice.name}`}
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
          autoFocus
          onChange={(event) => setDescription(event.target.value)}
        />
      </FormField>
    </FormDialog>
  )
}
