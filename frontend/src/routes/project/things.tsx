import { createRoute } from '@tanstack/react-router'

import { AnalysisPage } from '@/features/analyses/AnalysisPage'
import { DatasetPage } from '@/features/datasets/DatasetPage'
import { EmbeddingSetPage } from '@/features/embeddings/EmbeddingSetPage'
import { ExportButton } from '@/features/exports/ExportButton'
import { MapAboutPage } from '@/features/maps/about/MapAboutPage'
import { TrainedModelPage } from '@/features/models/TrainedModelPage'
import { SlicePage } from '@/features/slices/SlicePage'

import { useProjectPage } from './context'
import { projectRoute } from './layout'
import { Tab } from './Tab'

const getParentRoute = () => projectRoute

const datasetRoute = createRoute({
  getParentRoute,
  path: '/datasets/$datasetId',
  component: function Dataset() {
    const { project } = useProjectPage()
    const { datasetId } = datasetRoute.useParams()
    return (
      <Tab>
        <DatasetPage
          key={datasetId}
          project={project}
          datasetId={datasetId}
          actions={({ id, name, objectCount }) => (
            <ExportButton
              project={project}
              scope={{ kind: 'dataset', id, name, hasObjects: objectCount > 0 }}
            />
          )}
        />
      </Tab>
    )
  },
})

const trainedModelRoute = createRoute({
  getParentRoute,
  path: '/models/$trainedModelId',
  component: function TrainedModel() {
    const { project } = useProjectPage()
    const { trainedModelId } = trainedModelRoute.useParams()
    return (
      <Tab>
        <TrainedModelPage key={trainedModelId} project={project} trainedModelId={trainedModelId} />
      </Tab>
    )
  },
})

const embeddingSetRoute = createRoute({
  getParentRoute,
  path: '/embeddings/$embeddingSetId',
  component: function EmbeddingSet() {
    const { project } = useProjectPage()
    const { embeddingSetId } = embeddingSetRoute.useParams()
    return (
      <Tab maxW="960px">
        <EmbeddingSetPage key={embeddingSetId} project={project} embeddingSetId={embeddingSetId} />
      </Tab>
    )
  },
})

const mapAboutRoute = createRoute({
  getParentRoute,
  path: '/maps/$mapId/about',
  component: function MapAbout() {
    const { project } = useProjectPage()
    const { mapId } = mapAboutRoute.useParams()
    return (
      <Tab>
        <MapAboutPage key={mapId} project={project} mapId={mapId} />
      </Tab>
    )
  },
})

const analysisRoute = createRoute({
  getParentRoute,
  path: '/analyses/$analysisId',
  component: function Analysis() {
    const { project } = useProjectPage()
    const { analysisId } = analysisRoute.useParams()
    return (
      <Tab>
        <AnalysisPage key={analysisId} project={project} analysisId={analysisId} />
      </Tab>
    )
  },
})

const sliceRoute = createRoute({
  getParentRoute,
  path: '/slices/$sliceId',
  component: function Slice() {
    const { project } = useProjectPage()
    const { sliceId } = sliceRoute.useParams()
    return (
      <Tab>
        <SlicePage
          key={sliceId}
          project={project}
          sliceId={sliceId}
          actions={({ id, name }) => <ExportButton project={project} scope={{ kind: 'slice', id, name }} />}
        />
      </Tab>
    )
  },
})

/** Pages about one thing each. */
export const thingRoutes = [
  datasetRoute,
  trainedModelRoute,
  embeddingSetRoute,
  mapAboutRoute,
  analysisRoute,
  sliceRoute,
] as const
