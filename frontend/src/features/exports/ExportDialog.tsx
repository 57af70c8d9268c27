import { chakra, NativeSelect, Text } from '@chakra-ui/react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useQuery } from 'urql'

import { useAction } from '@/api/action'
import { fieldError, otherErrors } from '@/api/errors'
import { announce } from '@/api/news'
import type { ProjectInfo } from '@/api/project'
import { FormDialog } from '@/components/FormDialog'
import { FormField } from '@/components/FormField'
import { toast } from '@/components/toast'
import type { ExportFormat } from '@/gql/graphql'

import { CreateExport, ExportChoices } from './documents'
import { EmbeddingChoice } from './EmbeddingChoice'
import { formatOrder, formats } from './formats'

export type ExportScope =
  | { kind: 'dataset'; id: string; name: string; hasObjects: boolean }
  | { kind: 'slice'; id: string; name: string }

interface ExportDialogProps {
  project: ProjectInfo
  scope: ExportScope
  onClose: () => void
}

/** Asks in which form datapoints are wanted, and starts the job that writes the file. */
export function ExportDialog({ project, scope, onClose }: ExportDialogProps) {
  const [format, setFormat] = useState<ExportFormat>('PARQUET')
  const [includeObjects, setIncludeObjects] = useState(true)
  const [spreadsheetSafe, setSpreadsheetSafe] = useState(true)
  const [embeddingSetIds, setEmbeddingSetIds] = useState<string[]>([])
  const isDataset = scope.kind === 'dataset'
  const [{ data }] = useQuery({
    query: ExportChoices,
    variables: { projectId: project.id, datasetId: isDataset ? scope.id : null },
  })
  const { run, isPending, errors } = useAction(CreateExport)
  const navigate = useNavigate()
  const { hint, holdsEmbeddings, holdsObjects } = formats[format]

  async function submit() {
    const payload = await run({
      input: {
        projectId: project.id,
        format,
        ...(isDataset ? { datasetId: scope.id } : { sliceId: scope.id }),
        embeddingSetIds: holdsEmbeddings ? embeddingSetIds : [],
        includeObjects,
        spreadsheetSafe: format === 'CSV' && spreadsheetSafe,
      },
    })
    if (!payload) return
    toast({ text: `Writing ${payload.export?.fileName ?? 'the export'}` })
    announce(project.id)
    onClose()
    await navigate({
      to: '/projects/$namespace/$project/exports',
      params: { namespace: project.namespace, project: project.name },
    })
  }
  return (
    <FormDialog
      title={`Export ${scope.kind} ${scope.name}`}
      verb="Export"
      isPending={isPending}
      errors={otherErrors(errors, ['format', 'embeddingSetIds'])}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <Text color="text2">
        One row a datapoint, with its labels and who changed them, inferences, tags, metadata and scores. The
        file can be downloaded for a week.
      </Text>
      <FormField label="Format" hint={hint} error={fieldError(errors, 'format')}>
        <NativeSelect.Root>
          <NativeSelect.Field
            value={format}
            onChange={(event) => setFormat(event.target.value as ExportFormat)}
          >
            {formatOrder.map((each) => (
              <option key={each} value={each}>
                {formats[each].title}
              </option>
            ))}
          </NativeSelect.Field>
          <NativeSelect.Indicator />
        </NativeSelect.Root>
      </FormField>
      {holdsObjects && (!isDataset || scope.hasObjects) && (
        <Check isOn={includeObjects} onChange={setIncludeObjects}>
          The objects inside the datapoints, too
        </Check>
      )}
      {format === 'CSV' && (
        <Check isOn={spreadsheetSafe} onChange={setSpreadsheetSafe}>
          Keep spreadsheets from running texts that begin like formulas (adds an apostrophe)
        </Check>
      )}
      {holdsEmbeddings && (
        <EmbeddingChoice
          sets={data?.embeddingSets.edges.map(({ node }) => node) ?? []}
          chosen={embeddingSetIds}
          error={fieldError(errors, 'embeddingSetIds')}
          onChange={setEmbeddingSetIds}
        />
      )}
    </FormDialog>
  )
}

interface CheckProps {
  isOn: boolean
  onChange: (isOn: boolean) => void
  children: string
}

function Check({ isOn, onChange, children }: CheckProps) {
  return (
    <chakra.label display="flex" gap="8px" alignItems="center">
      <input type="checkbox" checked={isOn} onChange={(event) => onChange(event.target.checked)} />
      {children}
    </chakra.label>
  )
}
