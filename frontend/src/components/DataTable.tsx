import { chakra } from '@chakra-ui/react'
import { type ReactNode, useRef } from 'react'

import { useRowWindow } from './useRowWindow'

export interface Column<Row> {
  title: string
  width?: string
  isNumber?: boolean
  cell: (row: Row) => ReactNode
}

interface DataTableProps<Row> {
  rows: readonly Row[]
  columns: Column<Row>[]
  keyOf: (row: Row) => string
  selectedKey?: string
  onSelect?: (row: Row) => void
  testId?: string
}

/** Rows of 49 px inside a card, as every list of a project is drawn. Of long lists only what is in sight. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { rows, columns, keyOf, selectedKey, onSelect, testId } = props
  const body = useRef<HTMLTableSectionElement>(null)
  const { start, end, above, below } = useRowWindow(body, rows.length)
  return (
    <chakra.table
      w="full"
      textStyle="dense"
      css={{ borderCollapse: 'collapse' }}
      data-testid={testId}
      aria-rowcount={rows.length + 1}
    >
      <thead>
        <tr>
          {columns.map((column, index) => (
            <ColumnHead key={index} column={column} />
          ))}
        </tr>
      </thead>
      <tbody ref={body}>
        {above > 0 && <tr aria-hidden="true" style={{ height: above }} />}
        {rows.slice(start, end).map((row, index) => (
          <chakra.tr
            key={keyOf(row)}
            aria-rowindex={start + index + 2}
            h="49px"
            borderTopWidth="1px"
            borderColor="border"
            cursor={onSelect ? 'pointer' : undefined}
            bg={keyOf(row) === selectedKey ? 'hover' : undefined}
            aria-selected={onSelect ? keyOf(row) === selectedKey : undefined}
            boxShadow={keyOf(row) === selectedKey ? 'inset 2px 0 0 var(--chroma-colors-accent)' : undefined}
            _hover={{ bg: 'hover' }}
            onClick={() => onSelect?.(row)}
          >
            {columns.map((column, index) => (
              <chakra.td key={index} px="12px" py="4px" textAlign={column.isNumber ? 'end' : 'start'}>
                {column.cell(row)}
              </chakra.td>
            ))}
          </chakra.tr>
        ))}
        {below > 0 && <tr aria-hidden="true" style={{ height: below }} />}
      </tbody>
    </chakra.table>
  )
}

function ColumnHead<Row>({ column: { title, width, isNumber } }: { column: Column<Row> }) {
  const look = { w: width, h: '32px', px: '12px', fontWeight: 400, color: 'text2' }
  if (!title) return <chakra.td {...look} />
  return (
    <chakra.th {...look} textAlign={isNumber ? 'end' : 'start'}>
      {title}
    </chakra.th>
  )
}
