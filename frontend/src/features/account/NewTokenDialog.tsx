import { Input, NativeSelect } from '@chakra-ui/react'
import { useState } from 'react'
import { useQuery } from 'urql'

import { useAction } from '@/api/action'
import { fieldError, otherErrors } from '@/api/errors'
import { FormDialog } from '@/components/FormDialog'
import { FormField } from '@/components/FormField'
import type { TokenScope } from '@/gql/graphql'

import { CreateApiToken, TokenProjects } from './documents'

interface NewTokenDialogProps {
  /** Limits the token to one project from the start. */
  projectId?: string
  onCreated: (secret: string) => void
  onClose: () => void
}

const lifetimes = [7, 30, 90, 365]
const fields = ['name', 'scope', 'expiresDays', 'projectId']

export function NewTokenDialog({ projectId = '', onCreated, onClose }: NewTokenDialogProps) {
  const [values, setValues] = useState({ name: '', scope: 'WRITE', expiresDays: '90', projectId })
  const [{ data }] = useQuery({ query: TokenProjects })
  const create = useAction(CreateApiToken)

  async function submit() {
    const payload = await create.run({
      input: {
        name: values.name.trim(),
        scope: values.scope as TokenScope,
        expiresDays: values.expiresDays ? Number(values.expiresDays) : null,
        projectId: values.projectId || null,
      },
    })
    if (payload?.secret) onCreated(payload.secret)
  }
  function select(name: 'scope' | 'expiresDays' | 'projectId', options: [value: string, text: string][]) {
    return (
      <NativeSelect.Root>
        <NativeSelect.Field
          value={values[name]}
          onChange={(event) => setValues({ ...values, [name]: event.target.value })}
        >
          {options.map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </NativeSelect.Field>
        <NativeSelect.Indicator />
      </NativeSelect.Root>
    )
  }
  const projects = (data?.projects.edges ?? []).map(({ node }): [string, string] => [node.id, node.fullName])
  return (
    <FormDialog
      title="New API token"
      verb="Create token"
      size="sm"
      isReady={values.name.trim() !== ''}
      isPending={create.isPending}
      errors={otherErrors(create.errors, fields)}
      onSubmit={submit}
      onClose={onClose}
    >
      <FormField
        label="Name"
        hint="Where it will be used, as in laptop."
        error={fieldError(create.errors, 'name')}
      >
        <Input
          value={values.name}
          onChange={(event) => setValues({ ...values, name: event.target.value })}
          autoFocus
        />
      </FormField>
      <FormField label="Scope" error={fieldError(create.errors, 'scope')}>
        {select('scope', [
          ['WRITE', 'Write: log data, tag, run jobs'],
          ['READ', 'Read only'],
        ])}
      </FormField>
      <FormField label="Expires" error={fieldError(create.errors, 'expiresDays')}>
        {select('expiresDays', [
          ...lifetimes.map((days): [string, string] => [String(days), `in ${days} days`]),
          ['', 'never'],
        ])}
      </FormField>
      <FormField label="Project" error={fieldError(create.errors, 'projectId')}>
        {select('projectId', [['', 'All of mine'], ...projects])}
      </FormField>
    </FormDialog>
  )
}
