import { Flex, Skeleton, Text } from '@chakra-ui/react'
import { Link } from '@tanstack/react-router'
import { Tag } from 'lucide-react'

import { canEdit, type ProjectInfo } from '@/api/project'
import { Card } from '@/components/Card'
import { CountBar } from '@/components/CountBar'
import { CreateByName } from '@/components/CreateByName'
import { FailureState } from '@/components/FailureState'
import { SectionHead } from '@/components/SectionHead'
import { SeeAll } from '@/components/SeeAll'

import { CreateTag } from './documents'
import { TagMenu } from './TagMenu'
import { useTags } from './useTags'

const shown = 6

/** A few tags, on the overview. */
export function TagSection({ project }: { project: ProjectInfo }) {
  const { nodes: tags, totalCount = 0, error, refresh } = useTags(project.id, '', shown)
  const largest = Math.max(1, ...(tags ?? []).map((tag) => tag.datapointCount))
  const all = totalCount > shown && (
    <SeeAll>
      <Link
        to="/projects/$namespace/$project/tags"
        params={{ namespace: project.namespace, project: project.name }}
      >
        See all
      </Link>
    </SeeAll>
  )
  return (
    <section>
      <SectionHead title="Tags" note={tags && totalCount} action={all} />
      <Card p="8px 12px" minH="112px">
        {!tags && !error && <Skeleton h="88px" />}
        {!tags && error && <FailureState error={error} what="The list of tags" onRetry={refresh} />}
        {tags?.length === 0 && (
          <Text color="text2" py="4px">
            No tags yet. Select datapoints on a map and tag them, or make a tag here first.
          </Text>
        )}
        {tags?.slice(0, shown).map((tag) => (
          <Flex key={tag.id} align="center" gap="4px" minH="30px" data-testid="tag-row">
            <CountBar
              count={tag.datapointCount}
              largest={largest}
              name={
                <>
                  <Tag size={14} strokeWidth={1.5} style={{ flexShrink: 0 }} aria-hidden="true" />
                  <Text truncate title={tag.name}>
                    {tag.name}
                  </Text>
                </>
              }
            />
            <TagMenu project={project} tag={tag} />
          </Flex>
        ))}
        {tags && canEdit(project) && (
          <Flex mt="4px" ms="-8px">
            <CreateByName
              projectId={project.id}
              noun="tag"
              mutation={CreateTag}
              input={(name) => ({ projectId: project.id, name })}
              isQuiet
            />
          </Flex>
        )}
      </Card>
    </section>
  )
}
