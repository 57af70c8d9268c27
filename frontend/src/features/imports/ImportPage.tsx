import { Flex, Skeleton } from '@chakra-ui/react'
import { Link, useNavigate } from '@tanstack/react-router'
import { FileUp } from 'lucide-react'
import type { ReactNode } from 'react'

import { useLiveQuery } from '@/api/live'
import { canEdit, type ProjectInfo } from '@/api/project'
import { Chip } from '@/components/Chip'
import { FailureState, NotThere } from '@/components/FailureState'
import { countOf, formatBytes } from '@/components/format'
import { PageHead } from '@/components/PageHead'
import type { ImportDetailQuery } from '@/gql/graphql'

import { ImportDetail } from './documents'
import { ImportMenu } from './ImportMenu'
import { MappingForm } from './mapping/MappingForm'
import { Failed } from './steps/Failed'
import { Imported } from './steps/Imported'
import { Sending } from './steps/Sending'
import { Working } from './steps/Working'
import { stateTones, stateWords } from './states'

export type ImportInFull = NonNullable<ImportDetailQuery['import']>

interface ImportPageProps {
  project: ProjectInfo
  importId: string
  onNewMap: () => void
}

/** One file on its way into a dataset: sent, looked at, mapped, checked and logged. */
export function ImportPage({ project, importId, onNewMap }: ImportPageProps) {
  const navigate = useNavigate()
  const { data, error, refresh } = useLiveQuery({
    query: ImportDetail,
    variables: { id: importId },
    projectId: project.id,
    about: ['import', 'job'],
  })
  const params = { namespace: project.namespace, project: project.name }
  const file = data?.import
  if (!file) {
    if (error) return <FailureState error={error} what="This import" onRetry={refresh} />
    return data ? <NotThere what="This import" /> : <Skeleton h="240px" />
  }
  const rows = file.rowCount == null ? '' : `, ${countOf(file.rowCount, 'row')}`
  return (
    <>
      <PageHead
        back={
          <Link to="/projects/$namespace/$project/imports" params={params}>
            Imports
          </Link>
        }
        icon={FileUp}
        name={file.fileName}
        marks={<Chip tone={stateTones[file.state]}>{stateWords[file.state]}</Chip>}
        note={`${formatBytes(file.byteSize)}${rows}`}
        actions={
          <ImportMenu
            project={project}
            file={file}
            onDeleted={() => void navigate({ to: '/projects/$namespace/$project/imports', params })}
          />
        }
      />
      <Flex direction="column" gap="16px">
        {stepOf(project, file, onNewMap)}
      </Flex>
    </>
  )
}

function stepOf(project: ProjectInfo, file: ImportInFull, onNewMap: () => void): ReactNode {
  const mapping = canEdit(project) && <MappingForm key={file.state} project={project} file={file} />
  if (file.state === 'UPLOADING') return <Sending project={project} file={file} />
  if (file.state === 'INSPECTING' || file.state === 'RUNNING') return <Working file={file} />
  if (file.state === 'READY') return mapping
  if (file.state === 'DONE') return <Imported project={project} file={file} onNewMap={onNewMap} />
  return (
    <>
      <Failed file={file} />
      {file.format && mapping}
    </>
  )
}
