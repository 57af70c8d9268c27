import { Notice } from '@/components/Notice'

import type { ImportInFull } from '../ImportPage'
import { RowErrors } from './RowErrors'

/** Why nothing was logged. */
export function Failed({ file }: { file: ImportInFull }) {
  const fallback = file.format
    ? 'It was ended before all rows were logged. Start it again below.'
    : 'The file could not be looked at. Delete this import and send the file again.'
  return (
    <>
      {file.errorCount === 0 && <Notice tone="error">{file.job?.error || fallback}</Notice>}
      <RowErrors file={file} />
    </>
  )
}
