import { Button, Flex, Text } from '@chakra-ui/react'
import { useQuery } from 'urql'

import { useAction } from '@/api/action'
import { errorText } from '@/api/errors'
import { Avatar } from '@/components/Avatar'
import { Card } from '@/components/Card'
import { Notice } from '@/components/Notice'
import type { InvitationsQuery } from '@/gql/graphql'

import { AcceptInvitation, DeclineInvitation, Invitations } from './documents'

type Invitation = InvitationsQuery['invitations']['edges'][number]['node']

export function InvitationList() {
  const [{ data }] = useQuery({ query: Invitations, requestPolicy: 'cache-and-network' })
  return data?.invitations.edges.map(({ node }) => <InvitationRow key={node.id} invitation={node} />)
}

function InvitationRow({ invitation }: { invitation: Invitation }) {
  const accept = useAction(AcceptInvitation)
  const decline = useAction(DeclineInvitation)
  const inviter = invitation.invitedBy?.username ?? 'Somebody'
  const input = { membershipId: invitation.id }
  const errors = [...accept.errors, ...decline.errors]
  return (
    <Card p="12px" data-testid="invitation">
      <Flex align="center" gap="12px">
        <Avatar name={inviter} />
        <Text flex={1}>
          <b>{inviter}</b> invites you to <b>{invitation.projectName}</b> as {invitation.role.toLowerCase()}.
        </Text>
        <Button loading={decline.isPending} onClick={() => decline.run({ input })}>
          Decline
        </Button>
        <Button variant="solid" loading={accept.isPending} onClick={() => accept.run({ input })}>
          Accept
        </Button>
      </Flex>
      {errors.length > 0 && <Notice tone="error">{errorText(errors)}</Notice>}
    </Card>
  )
}
