import { Box, NativeSelect } from '@chakra-ui/react'

import { useAction } from '@/api/action'
import { announce } from '@/api/news'
import { isOwner, type ProjectInfo } from '@/api/project'
import { BareField } from '@/components/BareField'
import { Chip } from '@/components/Chip'
import type { Role } from '@/gql/graphql'

import { ChangeRole } from './documents'
import type { Member } from './MembersPage'
import { roles } from './roles'

export function RoleSelect({ project, member }: { project: ProjectInfo; member: Member }) {
  const change = useAction(ChangeRole)
  if (!isOwner(project)) return <Chip>{member.role.toLowerCase()}</Chip>

  async function choose(role: string) {
    await change.run({ input: { membershipId: member.id, role: role as Role } })
    announce(project.id)
  }
  return (
    <Box maxW="180px">
      <BareField errors={change.errors}>
        <NativeSelect.Root size="sm" disabled={change.isPending}>
          <NativeSelect.Field
            value={member.role}
            aria-label={`Role of ${member.user.username}`}
            onChange={(event) => choose(event.target.value)}
          >
            {roles.map(({ value, text }) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </NativeSelect.Field>
          <NativeSelect.Indicator />
        </NativeSelect.Root>
      </BareField>
    </Box>
  )
}
