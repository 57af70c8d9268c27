import { Box, Button, Text } from '@chakra-ui/react'
import { Download, FileDown } from 'lucide-react'

import { useEndless } from '@/api/endless'
import type { MeUser } from '@/api/me'
import type { ProjectInfo } from '@/api/project'
import { EmptyState } from '@/components/EmptyState'
import { EntityList } from '@/components/EntityList'
import { formatBytes, formatCount, formatMoment } from '@/components/format'
import { isActive, jobPhase } from '@/components/jobText'
import { ProgressBar } from '@/components/ProgressBar'
import { useNow } from '@/components/useNow'
import type { ExportListQuery, ExportRowFragment } from '@/gql/graphql'

import { ExportList } from './documents'
import { ExportMenu } from './ExportMenu'
import { formats, scopeWords } from './formats'

const pick = (data: ExportListQuery) => data.exports

/** The files that were asked for: their progress, and their download for a week. */
export function ExportTable({ project, me }: { project: ProjectInfo; me: MeUser }) {
  const now = useNow()
  const list = useEndless({
    query: ExportList,
    variables: { projectId: project.id },
    pick,
    projectId: project.id,
    about: ['export', 'job'],
  })
  return (
    <EntityList
      title="Exports"
      nouns="exports"
      list={list}
      keyOf={(each) => each.id}
      testId="exports"
      empty={
        <EmptyState icon={FileDown} title="No exports yet">
          Export a dataset or a slice from its page, or a selection from a map, as Parquet, CSV, JSON Lines,
          COCO or a list of keys.
        </EmptyState>
      }
      columns={[
        {
          title: 'File',
          cell: (each) => (
            <>
              <Text textStyle="body" fontWeight={500}>
                {each.fileName}
              </Text>
              <Text color="text2" truncate maxW="420px">
                {scopeWords(each.scope)}
              </Text>
            </>
          ),
        },
        { title: 'Format', cell: (each) => formats[each.format].title },
        {
          title: 'Rows',
          isNumber: true,
          cell: (each) => each.rowCount != null && formatCount(each.rowCount),
        },
        {
          title: 'Size',
          isNumber: true,
          cell: (each) => each.byteSize != null && formatBytes(each.byteSize),
        },
        { title: 'Asked for', cell: (each) => formatMoment(each.createdAt, now) },
        { title: 'By', cell: (each) => each.createdBy?.username ?? 'a former member' },
        { title: '', width: '220px', cell: (each) => <Outcome each={each} now={now} /> },
        { title: '', width: '48px', cell: (each) => <ExportMenu project={project} me={me} each={each} /> },
      ]}
    />
  )
}

function Outcome({ each, now }: { each: ExportRowFragment; now: number }) {
  const { job, downloadUrl, fileName } = each
  if (downloadUrl) {
    return (
      <Button asChild>
        <a href={downloadUrl} download={fileName}>
          <Download />
          Download
        </a>
      </Button>
    )
  }
  if (job && isActive(job)) {
    return (
      <Box>
        <Text color="text2" truncate mb="4px">
          {jobPhase(job)}
        </Text>
        <ProgressBar fraction={job.fraction ?? null} label={`Progress of ${fileName}`} />
      </Box>
    )
  }
  if (Date.parse(each.expiresAt) <= now) return <Text color="text3">expired, export it again</Text>
  return (
    <Text color="error" lineClamp={2}>
      {job ? jobPhase(job) : 'It was not written; export it again.'}
    </Text>
  )
}
