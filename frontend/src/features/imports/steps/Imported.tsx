import { Button, Flex } from '@chakra-ui/react'
import { Link } from '@tanstack/react-router'
import { LayoutGrid, Waypoints } from 'lucide-react'

import { canEdit, type ProjectInfo } from '@/api/project'
import { CardSection } from '@/components/CardSection'
import { FactList } from '@/components/FactList'
import { formatCount } from '@/components/format'

import type { ImportInFull } from '../ImportPage'
import { RowErrors } from './RowErrors'

const reportWords: [string, string][] = [
  ['added', 'Datapoints added'],
  ['updated', 'Updated'],
  ['unchanged', 'Unchanged'],
  ['removed', 'Objects removed'],
  ['relabelled', 'Labels corrected as in the file'],
  ['skipped', 'Bad rows skipped'],
]

interface ImportedProps {
  project: ProjectInfo
  file: ImportInFull
  onNewMap: () => void
}

/** What came of the file, and where to go from here. */
export function Imported({ project, file, onNewMap }: ImportedProps) {
  const report = (file.report ?? {}) as Record<string, number>
  return (
    <>
      <CardSection title="Result">
        <FactList
          facts={reportWords.map(
            ([name, words]) =>
              (report[name] > 0 || name === 'added') && {
                name: words,
                value: formatCount(report[name] ?? 0),
              },
          )}
        />
        <Flex gap="8px" mt="12px">
          {file.dataset && (
            <Button asChild variant="solid">
              <Link
                to="/projects/$namespace/$project/datasets/$datasetId"
                params={{
                  namespace: project.namespace,
                  project: project.name,
                  datasetId: file.dataset.id,
                }}
              >
                <LayoutGrid />
                Open dataset {file.dataset.name}
              </Link>
            </Button>
          )}
          {canEdit(project) && (
            <Button onClick={onNewMap}>
              <Waypoints />
              New map
            </Button>
          )}
        </Flex>
      </CardSection>
      <RowErrors file={file} />
    </>
  )
}
