import { Skeleton, Text } from '@chakra-ui/react'
import { Link } from '@tanstack/react-router'

import type { ProjectInfo } from '@/api/project'
import { Card } from '@/components/Card'
import { FailureState } from '@/components/FailureState'
import { SectionHead } from '@/components/SectionHead'

import { HistoryList } from './HistoryList'
import { useHistory } from './useHistory'

const briefLength = 10

/** The latest entries, on the overview. */
export function HistoryCard({ project }: { project: ProjectInfo }) {
  const { entries, error, refresh } = useHistory(project.id, briefLength, null)
  const all = (
    <Text as="span" textStyle="dense" color="text2">
      <Link
        to="/projects/$namespace/$project/history"
        params={{ namespace: project.namespace, project: project.name }}
      >
        See all
      </Link>
    </Text>
  )
  return (
    <section>
      <SectionHead title="History" action={all} />
      <Card p="8px 12px">
        {!entries && !error && <Skeleton h="160px" />}
        {!entries && error && <FailureState error={error} what="The history" onRetry={refresh} />}
        {entries?.length === 0 && <Text color="text2">Nothing happened yet.</Text>}
        {entries && <HistoryList entries={entries} isBrief />}
      </Card>
    </section>
  )
}
