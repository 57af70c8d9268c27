import { Button, Skeleton } from '@chakra-ui/react'
import { useState } from 'react'

import type { ProjectInfo } from '@/api/project'
import { Card } from '@/components/Card'
import { FailureState } from '@/components/FailureState'
import { formatCount } from '@/components/format'
import { SectionHead } from '@/components/SectionHead'

import { HistoryList } from './HistoryList'
import { useHistory } from './useHistory'

const pageLength = 50

export function HistoryPage({ project }: { project: ProjectInfo }) {
  const [pages, setPages] = useState<(string | null)[]>([null])
  return (
    <section>
      {pages.map((after, index) => (
        <HistoryStretch
          key={after ?? 'first'}
          project={project}
          after={after}
          isLast={index === pages.length - 1}
          onMore={(cursor) => setPages([...pages, cursor])}
        />
      ))}
    </section>
  )
}

interface HistoryStretchProps {
  project: ProjectInfo
  after: string | null
  isLast: boolean
  onMore: (cursor: string) => void
}

function HistoryStretch({ project, after, isLast, onMore }: HistoryStretchProps) {
  const { entries, data, error, refresh } = useHistory(project.id, pageLength, after)
  if (!entries || !data) {
    return error ? (
      <FailureState error={error} what="The history" onRetry={refresh} />
    ) : (
      <Skeleton h="320px" />
    )
  }
  const { pageInfo, totalCount } = data.auditEntries
  return (
    <>
      {after === null && <SectionHead title="History" note={formatCount(totalCount)} />}
      <Card p="8px 12px" mb="12px">
        <HistoryList entries={entries} />
      </Card>
      {isLast && pageInfo.hasNextPage && pageInfo.endCursor && (
        <Button onClick={() => onMore(pageInfo.endCursor!)}>Show older entries</Button>
      )}
    </>
  )
}
