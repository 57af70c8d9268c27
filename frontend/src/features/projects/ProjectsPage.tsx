import { Button, Flex, Grid, Heading, Skeleton } from '@chakra-ui/react'
import { FolderOpen, Plus } from 'lucide-react'
import { useState } from 'react'
import { useQuery } from 'urql'

import { useMe } from '@/api/me'
import { EmptyState } from '@/components/EmptyState'
import { FailureState } from '@/components/FailureState'
import { formatCount } from '@/components/format'

import { Projects } from './documents'
import { InvitationList } from './InvitationList'
import { NewProjectDialog } from './NewProjectDialog'
import { ProjectCard } from './ProjectCard'

export function ProjectsPage() {
  const { me } = useMe()
  const [isCreating, setCreating] = useState(false)
  const [pages, setPages] = useState<(string | null)[]>([null])
  const create = (
    <Button variant="solid" onClick={() => setCreating(true)}>
      <Plus />
      New project
    </Button>
  )
  return (
    <Flex direction="column" gap="16px" maxW="1120px" mx="auto" p="24px">
      <Flex align="center" justify="space-between">
        <Heading as="h1" textStyle="title" fontWeight={600}>
          Projects
        </Heading>
        {create}
      </Flex>
      <InvitationList />
      <Grid templateColumns="repeat(auto-fill, minmax(320px, 1fr))" gap="12px">
        {pages.map((after, index) => (
          <ProjectPage
            key={after ?? 'first'}
            after={after}
            isLast={index === pages.length - 1}
            onMore={(cursor) => setPages([...pages, cursor])}
            whenEmpty={create}
          />
        ))}
      </Grid>
      {isCreating && me && <NewProjectDialog namespace={me.username} onClose={() => setCreating(false)} />}
    </Flex>
  )
}

interface ProjectPageProps {
  after: string | null
  isLast: boolean
  onMore: (cursor: string) => void
  whenEmpty: React.ReactNode
}

function ProjectPage({ after, isLast, onMore, whenEmpty }: ProjectPageProps) {
  const [{ data, error }, read] = useQuery({
    query: Projects,
    variables: { after },
    requestPolicy: 'cache-and-network',
  })
  if (!data) {
    if (error)
      return (
        <Wide>
          <FailureState error={error} what="The list of your projects" onRetry={() => read()} />
        </Wide>
      )
    return [0, 1, 2].map((each) => <Skeleton key={each} h="112px" borderRadius="card" />)
  }
  const { edges, pageInfo, totalCount } = data.projects
  if (totalCount === 0)
    return (
      <Wide>
        <NoProjects action={whenEmpty} />
      </Wide>
    )
  return (
    <>
      {edges.map(({ node }) => (
        <ProjectCard key={node.id} project={node} />
      ))}
      {isLast && pageInfo.hasNextPage && pageInfo.endCursor && (
        <Wide>
          <Button onClick={() => onMore(pageInfo.endCursor!)}>Show more of {formatCount(totalCount)}</Button>
        </Wide>
      )}
    </>
  )
}

function Wide({ children }: { children: React.ReactNode }) {
  return <div style={{ gridColumn: '1 / -1' }}>{children}</div>
}

function NoProjects({ action }: { action: React.ReactNode }) {
  return (
    <EmptyState icon={FolderOpen} title="No projects yet" action={action}>
      A project holds datasets, models and maps that a team looks at together. Create one here, or let the SDK
      create it with your first log.
    </EmptyState>
  )
}
