import { Box, Flex, Skeleton, Text } from '@chakra-ui/react'
import { Link } from '@tanstack/react-router'
import { Layers } from 'lucide-react'

import type { ProjectInfo } from '@/api/project'
import { Card } from '@/components/Card'
import { Chip } from '@/components/Chip'
import { FailureState } from '@/components/FailureState'
import { formatCount } from '@/components/format'
import { SectionHead } from '@/components/SectionHead'
import { SeeAll } from '@/components/SeeAll'

import { useSlices } from './useSlices'

const shown = 5

/** A few slices, on the overview. */
export function SliceSection({ project }: { project: ProjectInfo }) {
  const { nodes: slices, totalCount = 0, error, refresh } = useSlices(project.id, '', shown)
  const params = { namespace: project.namespace, project: project.name }
  const all = totalCount > shown && (
    <SeeAll>
      <Link to="/projects/$namespace/$project/tags" params={params}>
        See all
      </Link>
    </SeeAll>
  )
  return (
    <section>
      <SectionHead title="Slices" note={slices && totalCount} action={all} />
      <Card p="8px 12px" minH="112px">
        {!slices && !error && <Skeleton h="88px" />}
        {!slices && error && <FailureState error={error} what="The list of slices" onRetry={refresh} />}
        {slices?.slice(0, shown).map((slice) => (
          <Flex key={slice.id} align="center" gap="8px" minH="30px" textStyle="dense">
            <Layers size={14} strokeWidth={1.5} style={{ flexShrink: 0 }} aria-hidden="true" />
            <Text truncate fontWeight={500}>
              <Link
                to="/projects/$namespace/$project/slices/$sliceId"
                params={{ ...params, sliceId: slice.id }}
              >
                {slice.name}
              </Link>
            </Text>
            <Chip>{slice.isFrozen ? 'frozen' : 'rule'}</Chip>
            <Text ms="auto">{formatCount(slice.datapointCount)}</Text>
          </Flex>
        ))}
        {slices && (
          <Box mt={slices.length > 0 ? '8px' : '0'} textStyle="dense" color="text2">
            {slices.length === 0 && 'No slices yet. Save a selection on a map as one. '}A rule slice follows
            the data: new datapoints that match join it. A frozen slice stays as saved.
          </Box>
        )}
      </Card>
    </section>
  )
}
