import { Card } from '@/components/Card'
import { DataTable } from '@/components/DataTable'
import { countOf, formatCount } from '@/components/format'
import { Notice } from '@/components/Notice'
import { SectionHead } from '@/components/SectionHead'

import type { ImportInFull } from '../ImportPage'

/** What is wrong in which row and column. */
export function RowErrors({ file: { errors, errorCount, state } }: { file: ImportInFull }) {
  if (errorCount === 0) return null
  const shown = errors.length < errorCount ? `the first ${formatCount(errors.length)} are below` : ''
  return (
    <section>
      <SectionHead title="Problems" note={formatCount(errorCount)} />
      {state === 'FAILED' && (
        <Notice tone="error">
          Nothing was logged: {countOf(errorCount, 'problem')}
          {shown && `, ${shown}`}. Change the mapping, mend the file and send it again, or skip the bad rows.
        </Notice>
      )}
      <Card mt="8px" overflowX="auto">
        <DataTable
          rows={errors}
          keyOf={(error) => `${error.row} ${error.column} ${error.message}`}
          testId="import-errors"
          columns={[
            {
              title: 'Row',
              width: '88px',
              isNumber: true,
              cell: ({ row }) => (row === 0 ? 'file' : formatCount(row)),
            },
            { title: 'Column', width: '180px', cell: ({ column }) => column },
            { title: 'What is wrong', cell: ({ message }) => message },
          ]}
        />
      </Card>
    </section>
  )
}
