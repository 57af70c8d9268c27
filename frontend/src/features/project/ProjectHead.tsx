import { chakra, Flex, Heading, Text } from '@chakra-ui/react'
import type { ReactNode } from 'react'

import type { MeUser } from '@/api/me'
import type { ProjectInfo } from '@/api/project'
import { Avatar } from '@/components/Avatar'
import { Chip } from '@/components/Chip'
import type { ProjectHeaderQuery } from '@/gql/graphql'

import { ProjectMenu } from './ProjectMenu'
import { type Counts, ProjectTabs } from './ProjectTabs'

const shownMembers = 4

interface ProjectHeadProps {
  project: ProjectInfo
  /** Undefined while it is read: the head has its place at once, so that nothing below it moves. */
  header: ProjectHeaderQuery | undefined
  me: MeUser
  /** The page's verbs. */
  actions: ReactNode
}

/** Title, members and tabs of a project. */
export function ProjectHead({ project, header, me, actions }: ProjectHeadProps) {
  return (
    <chakra.header bg="panel" borderBottomWidth="1px" borderColor="border" px="24px" pt="12px">
      <Flex align="center" gap="12px" minH="32px">
        <Heading as="h1" textStyle="title" fontWeight={600} whiteSpace="nowrap">
          {project.name}
        </Heading>
        <Text color="text2" truncate>
          {project.description || 'No description'}
        </Text>
        <ProjectMenu project={project} />
        <Flex ms="auto" gap="12px" align="center">
          {header?.project && <Members project={header.project} me={me} />}
          {actions}
        </Flex>
      </Flex>
      <ProjectTabs
        namespace={project.namespace}
        project={project.name}
        counts={header ? countsOf(header) : {}}
      />
    </chakra.header>
  )
}

function countsOf({ project, analyses, jobs }: ProjectHeaderQuery): Counts {
  if (!project) return {}
  return {
    datasets: project.datasets.totalCount,
    maps: project.projectionSets.totalCount,
    models: project.modelArchitectures.totalCount,
    analyses: analyses.totalCount,
    jobs: jobs.totalCount,
    slicesAndTags: project.slices.totalCount + project.tags.totalCount,
    members: project.memberships.totalCount,
  }
}

interface MembersProps {
  project: NonNullable<ProjectHeaderQuery['project']>
  me: MeUser
}

function Members({ project, me }: MembersProps) {
  const members = project.memberships.edges.map(({ node }) => node).filter((each) => each.acceptedAt)
  return (
    <Flex gap="14px" align="center" hideBelow="lg">
      {members.slice(0, shownMembers).map((member) => (
        <Flex key={member.id} gap="6px" align="center">
          <Avatar name={member.user.username} isMe={member.user.id === me.id} />
          <chakra.span srOnly>{member.user.username}</chakra.span>
          <Chip>{member.role.toLowerCase()}</Chip>
        </Flex>
      ))}
    </Flex>
  )
}
