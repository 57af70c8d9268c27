import { Button, Dialog, NativeSelect } from '@chakra-ui/react'
import { useState } from 'react'

import { useAction } from '@/api/action'
import { useLiveQuery } from '@/api/live'
import { countOf, formatCount } from '@/components/format'
import { DialogForm, DialogFrame } from '@/components/FormDialog'
import { FormField } from '@/components/FormField'
import { isActive, jobPhase } from '@/components/jobText'
import { Notice } from '@/components/Notice'
import { ProgressBar } from '@/components/ProgressBar'
import type { ExportFormat } from '@/gql/graphql'

import { postSelection } from '../selection/postSelection'
import { useExplorer } from '../state/context'
import { CreateExplorerExport, ExplorerExport } from './documents'
import css from './slices.module.css'

const formats: Record<ExportFormat, string> = {
  PARQUET: 'Parquet, for pandas, Polars, DuckDB',
  CSV: 'CSV, for spreadsheets',
  JSONL: 'JSON lines, one datapoint a line',
  COCO: 'COCO, images with boxes',
  KEYS: 'Keys only, one a line',
}

/** The selection as a file: asked for here, made in the background, downloaded when it is there. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const [exportId, setExportId] = useState<string | null>(null)
  return (
    <DialogFrame size="sm" onClose={onClose}>
      {exportId === null ? (
        <ChooseExport onMade={setExportId} onClose={onClose} />
      ) : (
        <FollowExport id={exportId} onClose={onClose} />
      )}
    </DialogFrame>
  )
}

function ChooseExport({ onMade, onClose }: { onMade: (id: string) => void; onClose: () => void }) {
  const { session } = useExplorer()
  const [format, setFormat] = useState<ExportFormat>('PARQUET')
  const [hasVectors, setVectors] = useState(false)
  const [hasObjects, setObjects] = useState(true)
  const [failure, setFailure] = useState<string | null>(null)
  const { run, isPending, errors } = useAction(CreateExplorerExport)
  const { map } = session
  const takesVectors = format === 'PARQUET' || format === 'JSONL'

  async function start() {
    setFailure(null)
    try {
      const selectionId = await postSelection(map, session.points, session.selection)
      const made = await run({
        input: {
          projectId: map.projectId,
          format,
          selectionId,
          includeObjects: hasObjects,
          embeddingSetIds: takesVectors && hasVectors ? [...map.embeddingSetIds] : [],
        },
      })
      if (made?.export) onMade(made.export.id)
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error))
    }
  }
  return (
    <DialogForm
      title={`Export ${countOf(session.selection.length, 'datapoint')}`}
      verb="Export"
      isPending={isPending}
      errors={[...errors, ...(failure ? [{ code: 'FAILED', message: failure }] : [])]}
      onSubmit={() => void start()}
      onClose={onClose}
    >
      <FormField label="Format">
        <NativeSelect.Root>
          <NativeSelect.Field
            value={format}
            onChange={(event) => setFormat(event.target.value as ExportFormat)}
            data-testid="export-format"
          >
            {Object.entries(formats).map(([value, title]) => (
              <option key={value} value={value}>
                {title}
              </option>
            ))}
          </NativeSelect.Field>
          <NativeSelect.Indicator />
        </NativeSelect.Root>
      </FormField>
      {takesVectors && (
        <label className={css.check}>
          <input type="checkbox" checked={hasVectors} onChange={() => setVectors(!hasVectors)} />
          With the vectors that this map was made from
        </label>
      )}
      {session.fields.info('role') && format !== 'KEYS' && (
        <label className={css.check}>
          <input type="checkbox" checked={hasObjects} onChange={() => setObjects(!hasObjects)} />
          With the objects in these images
        </label>
      )}
    </DialogForm>
  )
}

function FollowExport({ id, onClose }: { id: string; onClose: () => void }) {
  const { session } = useExplorer()
  const { data } = useLiveQuery({
    query: ExplorerExport,
    variables: { id },
    projectId: session.map.projectId,
    about: ['export', 'job'],
  })
  const made = data?.export
  const job = made?.job
  const isOver = job && !isActive(job)
  return (
    <>
      <Dialog.Header>
        <Dialog.Title>{made?.fileName ?? 'Export'}</Dialog.Title>
      </Dialog.Header>
      <Dialog.Body display="flex" flexDirection="column" gap="12px">
        {made?.downloadUrl ? (
          <p>
            {countOf(made.rowCount ?? 0, 'row')}, {formatCount(Math.ceil((made.byteSize ?? 0) / 1000))} kB. It
            is kept under Exports of the project for a while.
          </p>
        ) : isOver ? (
          <Notice tone="error">{jobPhase(job)}</Notice>
        ) : (
          <>
            <ProgressBar fraction={job?.fraction ?? null} label="Exporting" />
            <p aria-live="polite">{job ? jobPhase(job) : 'Starting'}. You may close this; the job goes on.</p>
          </>
        )}
      </Dialog.Body>
      <Dialog.Footer>
        <Button onClick={onClose}>Close</Button>
        {made?.downloadUrl && (
          <Button asChild variant="solid">
            <a href={made.downloadUrl} download data-testid="download-export">
              Download
            </a>
          </Button>
        )}
      </Dialog.Footer>
    </>
  )
}
