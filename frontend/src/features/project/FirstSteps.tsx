import { Box, chakra, Grid, Heading, Text } from '@chakra-ui/react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useQuery } from 'urql'

import type { ProjectInfo } from '@/api/project'
import { Card } from '@/components/Card'
import { countOf } from '@/components/format'

import { ProjectNames } from './documents'
import { LoggedColumns } from './LoggedColumns'
import { SnippetCard } from './SnippetCard'

interface FirstStepsProps {
  project: ProjectInfo
  /** Another way to fill it, beside the script. */
  aside?: ReactNode
}

/** What an empty project shows: the script that fills it, or a place to drop a file. */
export function FirstSteps({ project, aside }: FirstStepsProps) {
  return (
    <Box maxW="1080px" mx="auto" p="36px 24px">
      <Heading as="h2" textStyle="section" fontWeight={600}>
        Log your first datapoints
      </Heading>
      <Text textStyle="lead" color="text2" mb="20px">
        Keys are all you need. Files, labels, inferences and embeddings can come now or later, by key.
      </Text>
      <Grid templateColumns={{ base: '1fr', lg: 'minmax(0, 1fr) 376px' }} gap="20px" alignItems="start">
        <SnippetCard project={project} />
        {aside ?? <LoggedColumns />}
      </Grid>
      <Waiting project={project} />
    </Box>
  )
}

function Waiting({ project }: { project: ProjectInfo }) {
  const [{ data }] = useQuery({ query: ProjectNames })
  const other = data?.projects.edges
    .map(({ node }) => node)
    .filter((each) => each.id !== project.id && each.datapointCount > 0)
    .sort((left, right) => right.datapointCount - left.datapointCount)[0]
  return (
    <Card mt="20px" px="16px" py="10px" display="flex" alignItems="center" gap="8px" role="status">
      <Box boxSize="8px" borderRadius="full" borderWidth="2px" borderColor="accent" />
      <Text fontWeight={500}>Waiting for datapoints</Text>
      <Text color="text2">This page fills by itself as soon as the first ones arrive.</Text>
      {other && (
        <Text ms="auto" textStyle="dense" color="text2">
          or explore{' '}
          <chakra.span color="accentText" fontWeight={500}>
            <Link
              to="/projects/$namespace/$project"
              params={{ namespace: other.namespace, project: other.name }}
            >
              {other.fullName}
            </Link>
          </chakra.span>
          , {countOf(other.datapointCount, 'datapoint')}
        </Text>
      )}
    </Card>
  )
}
