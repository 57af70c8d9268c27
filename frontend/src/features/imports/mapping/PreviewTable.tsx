import { chakra, NativeSelect, Text } from '@chakra-ui/react'

import { Card } from '@/components/Card'
import { Chip } from '@/components/Chip'
import { formatCount } from '@/components/format'
import { SectionHead } from '@/components/SectionHead'

import type { ImportInFull } from '../ImportPage'
import { choiceError, choicesFor, type Chosen, type ImportColumn, SKIP } from './fields'

interface PreviewTableProps {
  file: ImportInFull
  chosen: Chosen
  onChange: (chosen: Chosen) => void
}

/** The first rows, with what each column becomes above it. */
export function PreviewTable({ file, chosen, onChange }: PreviewTableProps) {
  const rows = file.preview as Record<string, unknown>[]
  return (
    <section>
      <SectionHead title="Columns" note={`${formatCount(file.columns.length)}, with the first rows`} />
      <Card overflow="auto" maxH="340px">
        <chakra.table
          w="full"
          textStyle="dense"
          css={{ borderCollapse: 'collapse' }}
          data-testid="import-preview"
        >
          <thead>
            <tr>
              {file.columns.map((column) => (
                <Head
                  key={column.name}
                  column={column}
                  field={chosen[column.name] ?? SKIP}
                  error={choiceError(column.name, chosen)}
                  onChange={(field) => onChange({ ...chosen, [column.name]: field })}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, place) => (
              <chakra.tr key={place} h="32px" borderTopWidth="1px" borderColor="border">
                {file.columns.map(({ name }) => (
                  <chakra.td key={name} px="12px" opacity={chosen[name] === SKIP ? 0.5 : 1}>
                    <Text truncate maxW="220px" title={cellText(row[name])}>
                      {cellText(row[name])}
                    </Text>
                  </chakra.td>
                ))}
              </chakra.tr>
            ))}
          </tbody>
        </chakra.table>
      </Card>
    </section>
  )
}

interface HeadProps {
  column: ImportColumn
  field: string
  error?: string
  onChange: (field: string) => void
}

function Head({ column, field, error, onChange }: HeadProps) {
  return (
    <chakra.th
      px="12px"
      py="8px"
      minW="180px"
      textAlign="start"
      verticalAlign="top"
      fontWeight={400}
      position="sticky"
      top={0}
      bg="panel"
      zIndex={1}
    >
      <chakra.span display="flex" gap="6px" alignItems="center" mb="6px">
        <Text fontWeight={600} truncate>
          {column.name}
        </Text>
        <Chip>{column.kind}</Chip>
      </chakra.span>
      <NativeSelect.Root size="sm">
        <NativeSelect.Field
          aria-label={`What ${column.name} is`}
          aria-invalid={Boolean(error)}
          value={field}
          onChange={(event) => onChange(event.target.value)}
        >
          {choicesFor(column).map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </NativeSelect.Field>
        <NativeSelect.Indicator />
      </NativeSelect.Root>
      {error && (
        <Text color="error" mt="4px" role="alert">
          {error}
        </Text>
      )}
    </chakra.th>
  )
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
