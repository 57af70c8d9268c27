import { chakra } from '@chakra-ui/react'
import type { ReactNode } from 'react'

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

/** Rows of 49 px inside a card, as every list of a project is drawn. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { rows, columns, keyOf, selectedKey, onSelect, testId } = props
  return (
    <chakra.table w="full" textStyle="dense" css={{ borderCollapse: 'collapse' }} data-testid={testId}>
      <thead>
        <tr>
          {columns.map((column, index) => (
            <ColumnHead key={index} column={column} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <chakra.tr
            key={keyOf(row)}
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
