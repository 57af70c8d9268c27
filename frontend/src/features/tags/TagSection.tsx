import { Button, Flex, Skeleton, Text } from '@chakra-ui/react'
import { Plus } from 'lucide-react'
import { useState } from 'react'

import { useAction } from '@/api/action'
import { useLiveQuery } from '@/api/live'
import { announce } from '@/api/news'
import { canEdit, type ProjectInfo } from '@/api/project'
import { Card } from '@/components/Card'
import { FailureState } from '@/components/FailureState'
import { NameDialog } from '@/components/NameDialog'
import { SectionHead } from '@/components/SectionHead'

import { CreateTag, Tags } from './documents'
import { TagRow } from './TagRow'

const briefLength = 6

interface TagSectionProps {
  project: ProjectInfo
  isBrief?: boolean
}

export function TagSection({ project, isBrief = false }: TagSectionProps) {
  const [isCreating, setCreating] = useState(false)
  const create = useAction(CreateTag)
  const projectId = project.id
  const { data, error, refresh } = useLiveQuery({
    query: Tags,
    variables: { projectId },
    projectId,
    about: ['tag', 'dataset'],
  })
  const tags = data?.tags.edges.map(({ node }) => node)
  const largest = Math.max(1, ...(tags ?? []).map((tag) => tag.datapointCount))
  const shown = isBrief ? tags?.slice(0, briefLength) : tags

  async function submit(name: string) {
    if (!(await create.run({ input: { projectId, name } }))) return
    setCreating(false)
    announce(projectId)
  }
  return (
    <section>
      <SectionHead title="Tags" note={data?.tags.totalCount} />
      <Card p="8px 12px" minH="112px">
        {!tags && !error && <Skeleton h="88px" />}
        {!tags && error && <FailureState error={error} what="The list of tags" onRetry={refresh} />}
        {tags?.length === 0 && (
          <Text color="text2" py="4px">
            No tags yet. Select datapoints on a map and tag them, or make a tag here first.
          </Text>
        )}
        {shown?.map((tag) => (
          <TagRow key={tag.id} project={project} tag={tag} largest={largest} />
        ))}
        {tags && canEdit(project) && (
          <Flex mt="4px" ms="-8px">
            <Button variant="ghost" onClick={() => setCreating(true)}>
              <Plus />
              New tag
            </Button>
          </Flex>
        )}
      </Card>
      {isCreating && (
        <NameDialog
          title="New tag"
          verb="Create tag"
          isPending={create.isPending}
          errors={create.errors}
          onSubmit={submit}
          onClose={() => setCreating(false)}
        />
      )}
    </section>
  )
}
