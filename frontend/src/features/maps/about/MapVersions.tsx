import { Button, chakra, Flex, Text } from '@chakra-ui/react'
import { Link, useNavigate } from '@tanstack/react-router'

import { type Drift, useVersionVerbs } from '@/api/mapVersions'
import { canEdit, type ProjectInfo } from '@/api/project'
import { CardSection } from '@/components/CardSection'
import { FactList } from '@/components/FactList'
import { formatCount } from '@/components/format'
import { toast } from '@/components/toastStore'

import type { MapInFull } from './MapFacts'

const originWords = { FIT: 'fitted', PLACE: 'new datapoints placed', REFIT: 'fitted again' }

/** The versions of a map, how far this one drifted from the one before, and the verbs that make another. */
export function MapVersions({ project, map }: { project: ProjectInfo; map: MapInFull }) {
  const navigate = useNavigate()
  const { isPending, placeNew, refit } = useVersionVerbs(map.id, project.id, (errors) =>
    toast({ text: errors[0].message, tone: 'failed' }),
  )
  const to = '/projects/$namespace/$project/maps/$mapId/about'
  const params = { namespace: project.namespace, project: project.name }

  async function open(made: Promise<string | null>) {
    const mapId = await made
    if (mapId) await navigate({ to, params: { ...params, mapId } })
  }

  return (
    <CardSection title="Versions">
      <FactList
        facts={map.versions.map(({ id, name, origin, finishedAt }, k) => ({
          name: `v${k + 1}, ${finishedAt ? originWords[origin] : 'being made'}`,
          value:
            id === map.id ? (
              <chakra.strong fontWeight="500">{name}</chakra.strong>
            ) : (
              <Link to={to} params={{ ...params, mapId: id }}>
                {name}
              </Link>
            ),
        }))}
      />
      {map.drift != null && <DriftFacts drift={map.drift as Drift} />}
      {canEdit(project) && (
        <Flex gap="8px" p="12px" wrap="wrap">
          {map.stale && (
            <Button size="sm" disabled={isPending} onClick={() => void open(placeNew())}>
              Place what is new
            </Button>
          )}
          {map.projector.method !== 'precomputed' && (
            <Button size="sm" disabled={isPending} onClick={() => void open(refit())}>
              Fit again from here
            </Button>
          )}
        </Flex>
      )}
    </CardSection>
  )
}

function DriftFacts({ drift }: { drift: Drift }) {
  const isAnyUnchanged = drift.n_unchanged > 0
  const [median, p90] = isAnyUnchanged
    ? [drift.unchanged_median, drift.unchanged_p90]
    : [drift.median, drift.p90]
  return (
    <>
      <Text textStyle="small" color="text2" px="12px" pt="12px">
        Since the version before, as a share of its spread:
      </Text>
      <FactList
        facts={[
          {
            name: isAnyUnchanged ? 'Unchanged datapoints moved' : 'Datapoints moved',
            value: `${percent(median)} in the middle, a tenth over ${percent(p90)}`,
          },
          { name: 'Neighbours on the map kept', value: percent(drift.neighbor_retention) },
          { name: 'On both', value: formatCount(drift.n_shared) },
          { name: 'New, gone', value: `${formatCount(drift.n_new)}, ${formatCount(drift.n_gone)}` },
        ]}
      />
    </>
  )
}

function percent(share: number | null): string {
  return share === null ? 'not measured' : `${(100 * share).toFixed(1)} %`
}
