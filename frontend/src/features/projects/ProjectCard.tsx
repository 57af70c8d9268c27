import { Flex, Text } from '@chakra-ui/react'
import { Link } from '@tanstack/react-router'

import type { ProjectInfo } from '@/api/project'
import { Card } from '@/components/Card'
import { Chip } from '@/components/Chip'
import { countOf, formatDay } from '@/components/format'
import { useNow } from '@/components/useNow'

export function ProjectCard({ project }: { project: ProjectInfo }) {
  const now = useNow()
  return (
    <Card
      asChild
      p="12px"
      display="flex"
      flexDirection="column"
      gap="8px"
      minH="112px"
      _hover={{ bg: 'hover' }}
    >
      <Link
        to="/projects/$namespace/$project"
        params={{ namespace: project.namespace, project: project.name }}
        data-testid="project-card"
      >
        <Flex gap="8px" align="center" textStyle="lead">
          <Text truncate>
            <Text as="span" color="text2">
              {project.namespace} /{' '}
            </Text>
            <Text as="span" fontWeight={600}>
              {project.name}
            </Text>
          </Text>
          <Flex ms="auto">
            <Chip>{project.myRole.toLowerCase()}</Chip>
          </Flex>
        </Flex>
        <Text textStyle="dense" color="text2" lineClamp={2}>
          {project.description || 'No description'}
        </Text>
        <Flex mt="auto" justify="space-between" textStyle="dense" color="text3">
          <span>{countOf(project.datapointCount, 'datapoint')}</span>
          <span>created {formatDay(project.createdAt, now)}</span>
        </Flex>
      </Link>
    </Card>
  )
}
