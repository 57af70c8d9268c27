import { graphql } from '@/gql'

import { useAction } from './action'
import type { UserError } from './errors'
import { announce } from './news'

const PlaceNewDatapoints = graphql(`
  mutation PlaceNewDatapoints($input: PlaceNewDatapointsInput!) {
    placeNewDatapoints(input: $input) {
      projectionSet {
        id
        name
      }
      errors {
        code
        field
        message
      }
    }
  }
`)

const RefitProjection = graphql(`
  mutation RefitProjection($input: RefitProjectionInput!) {
    refitProjection(input: $input) {
      projectionSet {
        id
        name
      }
      errors {
        code
        field
        message
      }
    }
  }
`)

/** The verbs that make a new version of a map. They give its id, or null where they were refused. */
export function useVersionVerbs(
  mapId: string,
  projectId: string,
  onRefused: (errors: readonly UserError[]) => void,
) {
  const place = useAction(PlaceNewDatapoints, onRefused)
  const refit = useAction(RefitProjection, onRefused)
  const input = { id: mapId }
  return {
    isPending: place.isPending || refit.isPending,
    placeNew: async () => made(await place.run({ input })),
    refit: async () => made(await refit.run({ input })),
  }

  function made(payload: { projectionSet?: { id: string } | null } | null): string | null {
    if (payload) announce(projectId)
    return payload?.projectionSet?.id ?? null
  }
}

/** How far datapoints moved since the version before, as the server measured it. */
export interface Drift {
  n_shared: number
  n_unchanged: number
  n_new: number
  n_gone: number
  median: number | null
  p90: number | null
  unchanged_median: number | null
  unchanged_p90: number | null
  neighbor_retention: number | null
}
