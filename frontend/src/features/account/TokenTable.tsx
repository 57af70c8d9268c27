import { Button, Code, Text } from '@chakra-ui/react'
import { useState } from 'react'

import { useAction } from '@/api/action'
import { Chip } from '@/components/Chip'
import { DataTable } from '@/components/DataTable'
import { DeleteDialog } from '@/components/DeleteDialog'
import { formatAgo, formatDay } from '@/components/format'
import { useNow } from '@/components/useNow'
import type { ApiTokenRowFragment } from '@/gql/graphql'

import { RevokeApiToken } from './documents'

export function TokenTable({ tokens }: { tokens: ApiTokenRowFragment[] }) {
  const [revoking, setRevoking] = useState<ApiTokenRowFragment | null>(null)
  const revoke = useAction(RevokeApiToken)
  const now = useNow()

  async function confirm(id: string) {
    if (await revoke.run({ input: { id } })) setRevoking(null)
  }
  return (
    <>
      <DataTable
        rows={tokens}
        keyOf={(token) => token.id}
        columns={[
          { title: 'Name', cell: (token) => <Text fontWeight={500}>{token.name}</Text> },
          { title: 'Token', cell: (token) => <Code bg="sunk">{token.prefix}…</Code> },
          { title: 'Scope', cell: (token) => <Chip>{token.scope.toLowerCase()}</Chip> },
          { title: 'Project', cell: (token) => token.project?.fullName ?? 'all of mine' },
          {
            title: 'Last used',
            cell: (token) => (token.lastUsedAt ? formatAgo(token.lastUsedAt, now) : 'never'),
          },
          { title: 'Expires', cell: (token) => <Expiry token={token} now={now} /> },
          {
            title: '',
            cell: (token) => !token.revokedAt && <Button onClick={() => setRevoking(token)}>Revoke</Button>,
          },
        ]}
      />
      {revoking && (
        <DeleteDialog
          noun="token"
          name={revoking.name}
          verb="Revoke"
          isPending={revoke.isPending}
          errors={revoke.errors}
          onConfirm={() => confirm(revoking.id)}
          onClose={() => setRevoking(null)}
        >
          Scripts that use it stop working at once. A revoked token cannot be brought back.
        </DeleteDialog>
      )}
    </>
  )
}

function Expiry({ token, now }: { token: ApiTokenRowFragment; now: number }) {
  if (token.revokedAt) return <Chip tone="error">revoked</Chip>
  if (!token.expiresAt) return 'never'
  if (Date.parse(token.expiresAt) < now) return <Chip tone="warning">expired</Chip>
  return formatDay(token.expiresAt, now)
}
