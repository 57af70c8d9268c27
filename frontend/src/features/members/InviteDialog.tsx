import { Input, NativeSelect } from '@chakra-ui/react'
import { useState } from 'react'

import { useAction } from '@/api/action'
import { fieldError, otherErrors } from '@/api/errors'
import { announce } from '@/api/news'
import type { ProjectInfo } from '@/api/project'
import { FormDialog } from '@/components/FormDialog'
import { FormField } from '@/components/FormField'
import { toast } from '@/components/toast'
import type { Role } from '@/gql/graphql'

import { InviteMember } from './documents'
import { roles } from './roles'

export function InviteDialog({ project, onClose }: { project: ProjectInfo; onClose: () => void }) {
  const [username, setUsername] = useState('')
  const [role, setRole] = useState<Role>('EDITOR')
  const invite = useAction(InviteMember)

  async function submit() {
    const name = username.trim()
    if (!(await invite.run({ input: { projectId: project.id, username: name, role } }))) return
    toast({ text: `Invited ${name}` })
    announce(project.id)
    onClose()
  }
  return (
    <FormDialog
      title="Add member"
      verb="Invite"
      size="sm"
      isReady={username.trim() !== ''}
      isPending={invite.isPending}
      errors={otherErrors(invite.errors, ['username', 'role'])}
      onSubmit={submit}
      onClose={onClose}
    >
      <FormField
        label="Username"
        hint="They see the invitation on their projects page and accept it there."
        error={fieldError(invite.errors, 'username')}
      >
        <Input
          value={username}
          autoCapitalize="none"
          spellCheck={false}
          autoComplete="off"
          autoFocus
          onChange={(event) => setUsername(event.target.value)}
        />
      </FormField>
      <FormField label="Role" error={fieldError(invite.errors, 'role')}>
        <NativeSelect.Root>
          <NativeSelect.Field value={role} onChange={(event) => setRole(event.target.value as Role)}>
            {roles.map(({ value, text, can }) => (
              <option key={value} value={value}>
                {text}: {can}
              </option>
            ))}
          </NativeSelect.Field>
          <NativeSelect.Indicator />
        </NativeSelect.Root>
      </FormField>
    </FormDialog>
  )
}
