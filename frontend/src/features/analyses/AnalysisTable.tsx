import { Button, Text } from '@chakra-ui/react'
import { Link } from '@tanstack/react-router'
import { Gauge, SquareDashed } from 'lucide-react'
import { useState } from 'react'

import { useEndless } from '@/api/endless'
import { canEdit, type ProjectInfo } from '@/api/project'
import { CellLink } from '@/components/CellLink'
import { EmptyState } from '@/components/EmptyState'
import { EntityList } from '@/components/EntityList'
import { formatMoment } from '@/components/format'
import { StateChip } from '@/components/StateChip'
import { useNow } from '@/components/useNow'
import { useSettled } from '@/components/useSettled'
import type { AnalysisListQuery } from '@/gql/graphql'

import { AnalysisMenu } from './AnalysisMenu'
import { AnalysisList } from './documents'
import { MatchDialog } from './run/MatchDialog'
import { QualityDialog } from './run/QualityDialog'
import { kindWords, sourceWords } from './words'

const pick = (data: AnalysisListQuery) => data.analyses

/** Everything that was computed about datapoints, and the verbs that compute more. */
export function AnalysisTable({ project }: { project: ProjectInfo }) {
  const now = useNow()
  const [search, setSearch] = useState('')
  const [open, setOpen] = useState<'quality' | 'match' | null>(null)
  const list = useEndless({
    query: AnalysisList,
    variables: { projectId: project.id, search: useSettled(search) },
    pick,
    projectId: project.id,
    about: ['analysis', 'job'],
  })
  const params = { namespace: project.namespace, project: project.name }
  const close = () => setOpen(null)
  return (
    <>
      <EntityList
        title="Analyses"
        nouns="analyses"
        list={list}
        keyOf={(analysis) => analysis.id}
        search={{ value: search, onChange: setSearch }}
        testId="analyses"
        action={
          canEdit(project) && (
            <>
              <Button onClick={() => setOpen('match')}>
                <SquareDashed />
                Match objects
              </Button>
              <Button onClick={() => setOpen('quality')}>
                <Gauge />
                Class quality
              </Button>
            </>
          )
        }
        empty={
          <EmptyState icon={Gauge} title="No analyses yet">
            Class quality scores how well each datapoint fits the class that a model inferred, which finds
            wrong inferences and labels. Matching objects compares found boxes with the ground truth.
          </EmptyState>
        }
        columns={[
          {
            title: 'Analysis',
            cell: (analysis) => (
              <>
                <CellLink>
                  <Link
                    to="/projects/$namespace/$project/analyses/$analysisId"
                    params={{ ...params, analysisId: analysis.id }}
                  >
                    {analysis.name}
                  </Link>
                </CellLink>
                <Text color="text2" truncate maxW="560px">
                  {sourceWords(analysis.parameters)}
                </Text>
              </>
            ),
          },
          { title: 'Kind', cell: (analysis) => kindWords[analysis.kind] },
          { title: 'State', cell: (analysis) => <StateChip state={analysis.job?.state ?? 'DONE'} /> },
          { title: 'Asked for', cell: (analysis) => formatMoment(analysis.createdAt, now) },
          { title: 'By', cell: (analysis) => analysis.createdBy?.username ?? 'a former member' },
          {
            title: '',
            width: '48px',
            cell: (analysis) => <AnalysisMenu project={project} analysis={analysis} />,
          },
        ]}
      />
      {open === 'quality' && <QualityDialog project={project} onClose={close} />}
      {open === 'match' && <MatchDialog project={project} onClose={close} />}
    </>
  )
}
