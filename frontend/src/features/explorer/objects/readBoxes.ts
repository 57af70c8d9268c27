import type { Client } from 'urql'

import type { ObjectsInsideQuery as ObjectsResult } from '@/gql/graphql'

import type { Box, BoxStatus, Region } from './boxes'
import { ObjectsInsideQuery } from './documents'

type ObjectResult = NonNullable<ObjectsResult['datapoint']>['objects']['edges'][number]['node']

const PAGE = 500
/** Nobody reads more boxes on one image; the rest is said in words. */
export const MOST_BOXES = 5_000

/** Every box of an image, ground truth first. Throws what urql reports. */
export async function readBoxes(client: Client, contextId: string): Promise<Box[]> {
  const boxes: Box[] = []
  let after: string | null = null
  do {
    const variables: { id: string; first: number; after: string | null } = {
      id: contextId,
      first: PAGE,
      after,
    }
    const result = await client
      .query(ObjectsInsideQuery, variables, { requestPolicy: 'network-only' })
      .toPromise()
    if (result.error) throw result.error
    const page: NonNullable<ObjectsResult['datapoint']>['objects'] | undefined =
      result.data?.datapoint?.objects
    if (!page) break
    boxes.push(...page.edges.flatMap(({ node }) => boxOf(node) ?? []))
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor! : null
  } while (after && boxes.length < MOST_BOXES)
  return boxes
}

function boxOf(object: ObjectResult): Box | null {
  if (object.region?.length !== 4) return null
  const { id, sourceModel, label, inferences } = object
  const inference = inferences.find((each) => each.inferenceSet.trainedModel.id === sourceModel?.id)
  const category = sourceModel ? inference?.category : label
  return {
    id,
    region: object.region as unknown as Region,
    kind: sourceModel ? 'inference' : 'label',
    categoryId: category?.id,
    name: category?.name ?? (sourceModel ? 'No inference' : 'No label'),
    confidence: (sourceModel && inference?.confidence) ?? null,
    status: statusOf(object),
  }
}

const statuses: readonly BoxStatus[] = ['matched', 'missed', 'spurious']

/** What the latest match said of it. */
function statusOf({ scores }: ObjectResult): BoxStatus | null {
  const said = scores.filter(({ scoreSet }) => scoreSet.name === 'status').at(-1)
  return statuses.find((status) => status === said?.text) ?? null
}
