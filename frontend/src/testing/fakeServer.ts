import { Client, CombinedError, type Exchange, type Operation } from '@urql/core'
import { GraphQLError, Kind } from 'graphql'
import { filter, fromPromise, mergeMap, pipe } from 'wonka'

type Variables = Record<string, unknown>
type Answer = (variables: Variables) => object | CombinedError

/** Data by operation name; `sent` keeps what the screen asked, in order. */
export interface FakeServer {
  client: Client
  sent: { name: string; variables: Variables }[]
}

export function fakeServer(answers: Record<string, Answer>): FakeServer {
  const sent: FakeServer['sent'] = []
  const exchange: Exchange = () => (operations) =>
    pipe(
      operations,
      filter((operation) => operation.kind === 'query' || operation.kind === 'mutation'),
      mergeMap((operation) => {
        const name = nameOf(operation)
        const variables = operation.variables ?? {}
        sent.push({ name, variables })
        const answer = answers[name]?.(variables) ?? refusal('INTERNAL', `No answer for ${name}.`)
        const result = answer instanceof CombinedError ? { error: answer } : { data: answer }
        return fromPromise(
          Promise.resolve({ operation, data: undefined, stale: false, hasNext: false, ...result }),
        )
      }),
    )
  return { client: new Client({ url: '/graphql', preferGetMethod: false, exchanges: [exchange] }), sent }
}

/** An error that does not come as data. */
export function refusal(code: string, message: string): CombinedError {
  return new CombinedError({ graphQLErrors: [new GraphQLError(message, { extensions: { code } })] })
}

export function connection<Node>(nodes: Node[]) {
  return {
    edges: nodes.map((node) => ({ node })),
    totalCount: nodes.length,
    pageInfo: { hasNextPage: false, endCursor: null },
  }
}

function nameOf({ query }: Operation): string {
  for (const definition of query.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) return definition.name?.value ?? ''
  }
  return ''
}
