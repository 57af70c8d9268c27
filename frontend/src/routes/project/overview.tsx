import { Button, Flex, Grid } from '@chakra-ui/react'
import { createRoute } from '@tanstack/react-router'

import { canEdit } from '@/api/project'
import { DatasetSection } from '@/features/datasets/DatasetSection'
import { HistoryCard } from '@/features/history/HistoryCard'
import { ColumnsCard } from '@/features/imports/ColumnsCard'
import { DropZone } from '@/features/imports/DropZone'
import { JobsCard } from '@/features/jobs/JobsCard'
import { MapSection } from '@/features/maps/MapSection'
import { ModelSection } from '@/features/models/ModelSection'
import { FirstSteps } from '@/features/project/FirstSteps'
import { SliceSection } from '@/features/slices/SliceSection'
import { TagSection } from '@/features/tags/TagSection'

import { useProjectPage } from './context'
import { projectRoute } from './layout'

export const overviewRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/',
  component: Overview,
})

function Overview() {
  const { project, isEmpty, openNewMap } = useProjectPage()
  if (isEmpty) {
    const aside = canEdit(project) && (
      <Flex direction="column" gap="12px">
        <DropZone project={project} minH="240px" />
        <ColumnsCard />
      </Flex>
    )
    return <FirstSteps project={project} aside={aside || undefined} />
  }
  return (
    <Grid
      templateColumns={{ base: '1fr', lg: 'minmax(0, 1fr) 340px' }}
      gap="20px"
      p="12px 24px 24px"
      alignItems="start"
    >
      <Flex direction="column" gap="16px" minW={0}>
        <DatasetSection project={project} />
        <MapSection
          project={project}
          isBrief
          action={canEdit(project) && <Button onClick={openNewMap}>New map</Button>}
        />
        <Grid templateColumns={{ base: '1fr', md: 'repeat(3, minmax(0, 1fr))' }} gap="12px">
          <ModelSection project={project} />
          <SliceSection project={project} />
          <TagSection project={project} />
        </Grid>
      </Flex>
      <Flex direction="column" gap="16px" minW={0}>
        {canEdit(project) && <DropZone project={project} />}
        <JobsCard project={project} />
        <HistoryCard project={project} />
      </Flex>
    </Grid>
  )
}
