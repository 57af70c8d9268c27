import { Link } from '@tanstack/react-router'

import type { ProjectInfo } from '@/api/project'
import { CellLink } from '@/components/CellLink'
import { DataTable } from '@/components/DataTable'
import { countOf, formatCount, formatMoment } from '@/components/format'
import { useNow } from '@/components/useNow'
import type { TrainedModelRowFragment } from '@/gql/graphql'

import { TrainedModelMenu } from './ModelMenus'
import { TrainedOn } from './TrainedOn'

interface TrainedModelTableProps {
  project: ProjectInfo
  architecture: string
  models: readonly TrainedModelRowFragment[]
}

export function TrainedModelTable({ project, architecture, models }: TrainedModelTableProps) {
  const now = useNow()
  const params = { namespace: project.namespace, project: project.name }
  return (
    <DataTable
      rows={models}
      keyOf={(model) => model.id}
      testId="trained-models"
      columns={[
        {
          title: 'Version',
          cell: (model) => (
            <CellLink>
              <Link
                to="/projects/$namespace/$project/models/$trainedModelId"
                params={{ ...params, trainedModelId: model.id }}
              >
                {model.version}
              </Link>
            </CellLink>
          ),
        },
        { title: 'Trained on', cell: (model) => <TrainedOn project={project} model={model} /> },
        { title: 'Layer sets', isNumber: true, cell: (model) => formatCount(model.layerSets.totalCount) },
        {
          title: 'Inferences in',
          isNumber: true,
          cell: (model) => countOf(model.inferenceSets.totalCount, 'dataset'),
        },
        { title: 'Created', cell: (model) => formatMoment(model.createdAt, now) },
        {
          title: '',
          width: '48px',
          cell: (model) => (
            <TrainedModelMenu
              project={project}
              id={model.id}
              editVersion={model.editVersion}
              name={`${architecture} ${model.version}`}
              version={model.version}
            />
          ),
        },
      ]}
    />
  )
}
