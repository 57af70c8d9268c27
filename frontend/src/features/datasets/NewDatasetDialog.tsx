import { Input, NativeSelect } from '@chakra-ui/react'
import { useState } from 'react'

import { useAction } from '@/api/action'
import { fieldError, otherErrors } from '@/api/errors'
import { announce } from '@/api/news'
import type { ProjectInfo } from '@/api/project'
import { FormDialog } from '@/components/FormDialog'
import { FormField } from '@/components/FormField'
import type { DatasetKind } from '@/gql/graphql'

import { kinds } from './kinds'
import { CreateDataset } from './writes'

export function NewDatasetDialog({ project, onClose }: { project: ProjectInfo; onClose: () => void }) {
  const [name, setName] = useState('')
  const [kind, setKind] = useState<DatasetKind>('TRAINING')
  const create = useAction(CreateDataset)

  async function submit() {
    const input = { projectId: project.id, name: name.trim(), kind }
    if (!(await create.run({ input }))) return
    announce(project.id)
    onClose()
  }
  return (
    <FormDialog
      title="New dataset"
      verb="Create dataset"
      size="sm"
      isReady={name.trim() !== ''}
      isPending={create.isPending}
      errors={otherErrors(create.errors, ['name', 'kind'])}
      onSubmit={submit}
      onClose={onClose}
    >
      <FormField label="Name" error={fieldError(create.errors, 'name')}>
        <Input value={name} autoFocus onChange={(event) => setName(event.target.value)} />
      </FormField>
      <FormField
        label="Kind"
        hint="What the data is for. It can be changed later."
        error={fieldError(create.errors, 'kind')}
      >
        <NativeSelect.Root>
          <NativeSelect.Field value={kind} onChange={(event) => setKind(event.target.value as DatasetKind)}>
            {kinds.map((each) => (
              <option key={each} value={each}>
                {each.toLowerCase()}
              </option>
            ))}
          </NativeSelect.Field>
          <NativeSelect.Indicator />
        </NativeSelect.Root>
      </FormField>
    </FormDialog>
  )
}
