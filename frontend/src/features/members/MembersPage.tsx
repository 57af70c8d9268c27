import { Button, Flex, Text } from '@chakra-ui/react'
import { UserPlus } from 'lucide-react'

import { useEndless } from '@/api/endless'
import type { MeUser } from '@/api/me'
import { isOwner, type ProjectInfo } from '@/api/project'
import { Avatar } from '@/components/Avatar'
import { Chip } from '@/components/Chip'
import { EntityList } from '@/components/EntityList'
import { formatMoment } from '@/components/format'
import { useNow } from '@/components/useNow'
import type { MembersQuery } from '@/gql/graphql'

import { Members } from './documents'
import { RemoveMemberButton } from './RemoveMemberButton'
import { RoleSelect } from './RoleSelect'

export type Member = MembersQuery['memberships']['edges'][number]['node']

const pick = (data: MembersQuery) => data.memberships

interface MembersPageProps {
  project: ProjectInfo
  me: MeUser
  onInvite: () => void
}

export function MembersPage({ project, me, onInvite }: MembersPageProps) {
  const now = useNow()
  const projectId = project.id
  const list = useEndless({
    query: Members,
    variables: { projectId },
    pick,
    projectId,
    about: ['membership'],
  })
  const invite = isOwner(project) && (
    <Button onClick={onInvite}>
      <UserPlus />
      Add member
    </Button>
  )
  return (
    <EntityList
      title="Members"
      nouns="members"
      list={list}
      keyOf={(member) => member.id}
      testId="members"
      action={invite}
      empty={null}
      columns={[
        { title: 'Member', cell: (member) => <Name member={member} isMe={member.user.id === me.id} /> },
        {
          title: 'Role',
          width: '200px',
          cell: (member) => <RoleSelect project={project} member={member} />,
        },
        { title: 'Since', cell: (member) => <Since member={member} now={now} /> },
        {
          title: '',
          width: '110px',
          cell: (member) => (
            <RemoveMemberButton project={project} member={member} isMe={member.user.id === me.id} />
          ),
        },
      ]}
    />
  )
}

function Name({ member, isMe }: { member: Member; isMe: boolean }) {
  return (
    <Flex align="center" gap="8px">
      <Avatar name={member.user.username} isMe={isMe} />
      <Text textStyle="body" fontWeight={500}>
        {member.user.username}
      </Text>
      {isMe && <Text color="text3">you</Text>}
    </Flex>
  )
}

function Since({ member, now }: { member: Member; now: number }) {
  if (member.acceptedAt) return <Text color="text2">{formatMoment(member.acceptedAt, now)}</Text>
  return (
    <Flex align="center" gap="8px" color="text2">
      <Chip tone="warning">invited</Chip>
      by {member.invitedBy?.username ?? 'a former member'}, {formatMoment(member.invitedAt, now)}
    </Flex>
  )
}
