import { chakra, Text } from '@chakra-ui/react'
import { useMemo } from 'react'
import { useQuery } from 'urql'

import { countOf, formatBytes } from '@/components/format'
import { Notice } from '@/components/Notice'
import { useSettled } from '@/components/useSettled'
import type { ProjectionEstimateQuery, ProjectionEstimateQueryVariables } from '@/gql/graphql'

import { ProjectionEstimate } from '../documents'

export type Estimate = ProjectionEstimateQuery['projectionEstimate']

/** What the map would take as it is asked for now; null while that is not known. */
export function useEstimate(asked: ProjectionEstimateQueryVariables, isValid: boolean) {
  const key = useSettled(JSON.stringify(asked))
  const variables = useMemo(() => JSON.parse(key) as ProjectionEstimateQueryVariables, [key])
  const [{ data, error }] = useQuery({ query: ProjectionEstimate, variables, pause: !isValid })
  return {
    estimate: isValid ? (data?.projectionEstimate ?? null) : null,
    refusal: isValid ? error?.graphQLErrors[0]?.message : undefined,
  }
}

interface EstimateLineProps {
  estimate: Estimate | null
  refusal: string | undefined
  isConfirmed: boolean
  onConfirm: (isConfirmed: boolean) => void
}

/** How long it will take; from ten minutes on a warning, from an hour on a box to check. */
export function EstimateLine({ estimate, refusal, isConfirmed, onConfirm }: EstimateLineProps) {
  if (refusal) return <Notice tone="error">{refusal}</Notice>
  if (!estimate) return null
  const { count, text, bytes, warning, needsConfirmation } = estimate
  const size = `${countOf(count, 'datapoint')}, ${formatBytes(bytes)} of memory`
  if (!warning) {
    return (
      <Text textStyle="dense" color="text2" aria-live="polite" data-testid="estimate">
        Takes {text}: {size}.
      </Text>
    )
  }
  return (
    <Notice tone="warning">
      <span data-testid="estimate">
        {warning} {size}.
      </span>
      {needsConfirmation && (
        <chakra.label display="flex" alignItems="center" gap="8px" mt="6px" cursor="pointer">
          <input
            type="checkbox"
            checked={isConfirmed}
            onChange={(event) => onConfirm(event.target.checked)}
          />
          Make it all the same
        </chakra.label>
      )}
    </Notice>
  )
}
