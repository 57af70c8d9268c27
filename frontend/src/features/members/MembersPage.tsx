import { Button, Flex, Skeleton, Text } from '@chakra-ui/react'
import { UserPlus } from 'lucide-react'

import { useLiveQuery } from '@/api/live'
import type { MeUser } from '@/api/me'
import { isOwner, type ProjectInfo } from '@/api/project'
import { Avatar } from '@/components/Avatar'
import { Card } from '@/components/Card'
import { Chip } from '@/components/Chip'
import { DataTable } from '@/components/DataTable'
import { FailureState } from '@/components/FailureState'
import { formatMoment } from '@/components/format'
import { SectionHead } from '@/components/SectionHead'
import { useNow } from '@/components/useNow'
import type { MembersQuery } from '@/gql/graphql'

import { Members } from './documents'
import { RemoveMemberButton } from './RemoveMemberButton'
import { RoleSelect } from './RoleSelect'

export type Member = MembersQuery['memberships']['edges'][number]['node']

interface MembersPageProps {
  project: ProjectInfo
  me: MeUser
  onInvite: () => void
}

export function MembersPage({ project, me, onInvite }: MembersPageProps) {
  const now = useNow()
  const projectId = project.id
  const { data, error, refresh } = useLiveQuery({
    query: Members,
    variables: { projectId },
    projectId,
    about: ['membership'],
  })
  const members = data?.memberships.edges.map(({ node }) => node)
  const invite = isOwner(project) && (
    <Button onClick={onInvite}>
      <UserPlus />
      Add member
    </Button>
  )
  return (
    <section>
      <SectionHead title="Members" note={data?.memberships.totalCount} action={invite} />
      <Card overflowX="auto">
        {!members && !error && <Skeleton h="147px" />}
        {!members && error && <FailureState error={error} what="The list of members" onRetry={refresh} />}
        {members && (
          <DataTable
            rows={members}
            keyOf={(member) => member.id}
            testId="members"
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
        )}
      </Card>
    </section>
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
