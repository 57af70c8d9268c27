import { useEffect, useState } from 'react'
import { type Client, useClient } from 'urql'

import { useSettled } from '@/components/useSettled'

import { FoundDatapoints } from './documents'
import type { Finding } from './findings'

const LEAST_LETTERS = 2
/** Every dataset is a search of its own; beyond these the explorer's search is the place. */
const MOST_DATASETS = 12
const MOST_EACH = 5
const TYPING_MS = 250

/** Datapoints of the project by key and text, once someone has stopped typing. */
export function useFoundDatapoints(datasetIds: readonly string[], text: string) {
  const client = useClient()
  const wanted = useSettled(text.trim(), TYPING_MS)
  const [found, setFound] = useState<{ wanted: string; datapoints: Finding[] } | null>(null)
  const datasets = datasetIds.slice(0, MOST_DATASETS).join(' ')
  const isAsked = wanted.length >= LEAST_LETTERS && datasets !== ''
  useEffect(() => {
    if (!isAsked) return
    let isWanted = true
    Promise.all(datasets.split(' ').map((id) => search(client, id, wanted))).then((lists) => {
      if (isWanted) setFound({ wanted, datapoints: lists.flat() })
    })
    return () => {
      isWanted = false
    }
  }, [client, datasets, wanted, isAsked])
  const isFound = isAsked && found?.wanted === wanted
  const isTyping = text.trim() !== wanted && text.trim().length >= LEAST_LETTERS
  return { datapoints: isFound ? found.datapoints : [], isLooking: isTyping || (isAsked && !isFound) }
}

/** A dataset that cannot be searched, because it was deleted meanwhile, has nothing to find. */
async function search(client: Client, datasetId: string, text: string): Promise<Finding[]> {
  const variables = { datasetId, search: text, first: MOST_EACH }
  const { data } = await client.query(FoundDatapoints, variables).toPromise()
  return (data?.datapoints.edges ?? []).map(({ node }) => ({
    kind: 'datapoint' as const,
    id: node.id,
    name: node.key,
    detail: node.resource?.kind === 'TEXT' ? node.resource.text : node.dataset.name,
  }))
}
