import { type Cache, cacheExchange, type UpdateResolver } from '@urql/exchange-graphcache'

/** Types without an id of their own live inside their parent. */
const embedded = [
  'UserError',
  'Inference',
  'Probability',
  'MetadataValue',
  'Embedding',
  'NeighborGraph',
  'SimilarDatapoint',
  'SimilarDatapoints',
  'Projection',
  'ProjectionMethod',
  'ProjectionParameter',
  'ProjectionSource',
  'ProjectNews',
  'Change',
  'TagMembership',
  'LabelCount',
  'Score',
  'ImportColumn',
  'ImportError',
]

const myProjects = ['projects', 'invitations']
const myTokens = ['apiTokens']

/** Lists of the signed-in person, which no project's news covers: a write makes them stale. */
const staleAfter: Record<string, string[]> = {
  createProject: myProjects,
  renameProject: myProjects,
  deleteProject: myProjects,
  acceptInvitation: myProjects,
  declineInvitation: myProjects,
  removeMember: myProjects,
  createApiToken: myTokens,
  revokeApiToken: myTokens,
}

export const cache = () =>
  cacheExchange({
    keys: Object.fromEntries(embedded.map((type) => [type, () => null])),
    updates: {
      Mutation: Object.fromEntries(
        Object.entries(staleAfter).map(([mutation, fields]) => [mutation, invalidating(fields)]),
      ),
    },
  })

function invalidating(fields: string[]): UpdateResolver {
  return (_result, _args, cache) => {
    for (const field of fields) invalidate(cache, field)
  }
}

function invalidate(cache: Cache, field: string) {
  for (const stored of cache.inspectFields('Query')) {
    if (stored.fieldName === field) cache.invalidate('Query', field, stored.arguments ?? undefined)
  }
}
