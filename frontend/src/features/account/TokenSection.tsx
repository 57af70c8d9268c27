import { Button, Skeleton } from '@chakra-ui/react'
import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { useQuery } from 'urql'

import { Card } from '@/components/Card'
import { EmptyState } from '@/components/EmptyState'
import { FailureState } from '@/components/FailureState'
import { SectionHead } from '@/components/SectionHead'

import { ApiTokens } from './documents'
import { NewTokenDialog } from './NewTokenDialog'
import { SecretCard } from './SecretCard'
import { TokenTable } from './TokenTable'

export function TokenSection() {
  const [{ data, error }, read] = useQuery({ query: ApiTokens, requestPolicy: 'cache-and-network' })
  const [isCreating, setCreating] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  const create = (
    <Button onClick={() => setCreating(true)}>
      <Plus />
      New token
    </Button>
  )
  function created(newSecret: string) {
    setSecret(newSecret)
    setCreating(false)
  }
  return (
    <section>
      <SectionHead title="API tokens" note={data?.apiTokens.totalCount} action={create} />
      {secret && <SecretCard secret={secret} onClose={() => setSecret(null)} />}
      <Card overflowX="auto">
        {!data && !error && <Skeleton h="96px" />}
        {!data && error && (
          <FailureState error={error} what="The list of your tokens" onRetry={() => read()} />
        )}
        {data?.apiTokens.totalCount === 0 && (
          <EmptyState icon={KeyRound} title="No tokens yet">
            The SDK and the command line sign in with a token. Create one and copy it: it is shown only once.
          </EmptyState>
        )}
        {data && data.apiTokens.totalCount > 0 && (
          <TokenTable tokens={data.apiTokens.edges.map(({ node }) => node)} />
        )}
      </Card>
      {isCreating && <NewTokenDialog onCreated={created} onClose={() => setCreating(false)} />}
    </section>
  )
}
