import { Button, Text } from '@chakra-ui/react'
import { Link } from '@tanstack/react-router'
import { Waypoints } from 'lucide-react'

import { useMapOfDataset } from '@/api/newestMap'
import type { ProjectInfo } from '@/api/project'
import { Card } from '@/components/Card'
import { Chip } from '@/components/Chip'
import { DataTable } from '@/components/DataTable'
import { formatCount } from '@/components/format'
import { SectionHead } from '@/components/SectionHead'
import type { AnalysisDetailQuery } from '@/gql/graphql'

import { directionWords } from '../words'

export type AnalysisInFull = NonNullable<AnalysisDetailQuery['analysis']>

/** The scores of an analysis, each with its meaning and a way to see it as the colour of a map. */
export function ScoreSets({ project, analysis }: { project: ProjectInfo; analysis: AnalysisInFull }) {
  const { scoreSets } = analysis
  const mapOf = useMapOfDataset(project.id)
  return (
    <section>
      <SectionHead title="Scores" note={scoreSets.length} />
      <Card overflowX="auto">
        {scoreSets.length === 0 && (
          <Text p="12px" color="text2">
            They come with the end of the job.
          </Text>
        )}
        {scoreSets.length > 0 && (
          <DataTable
            rows={scoreSets}
            keyOf={(set) => set.id}
            testId="score-sets"
            columns={[
              {
                title: 'Score',
                cell: (set) => (
                  <>
                    <Text textStyle="body" fontWeight={500}>
                      {set.title}
                      {set.unit && `, ${set.unit}`}
                    </Text>
                    <Text color="text2" maxW="520px">
                      {set.description}
                    </Text>
                  </>
                ),
              },
              { title: 'Dataset', cell: (set) => set.dataset.name },
              { title: '', cell: (set) => <Chip>{directionWords[set.direction]}</Chip> },
              { title: 'Datapoints', isNumber: true, cell: (set) => formatCount(set.scoreCount) },
              {
                title: '',
                cell: (set) => (
                  <OnMap project={project} map={mapOf(set.dataset.id)} score={set} of={analysis} />
                ),
              },
            ]}
          />
        )}
      </Card>
    </section>
  )
}

interface OnMapProps {
  project: ProjectInfo
  map: { id: string; name: string } | null
  score: AnalysisInFull['scoreSets'][number]
  of: AnalysisInFull
}

/** The way to the map that shows the dataset, coloured and sorted by the score. */
function OnMap({ project, map, score, of }: OnMapProps) {
  if (!map) return <Text color="text3">on no map</Text>
  const field = `score:${of.id}:${score.name}`
  return (
    <Button asChild>
      <Link
        to="/projects/$namespace/$project/maps/$mapId"
        params={{ namespace: project.namespace, project: project.name, mapId: map.id }}
        search={{ colour: field, sort: field }}
        aria-label={`See ${score.title} of ${score.dataset.name} on map ${map.name}`}
      >
        <Waypoints />
        On map {map.name}
      </Link>
    </Button>
  )
}
