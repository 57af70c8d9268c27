import { Skeleton, Text } from '@chakra-ui/react'
import type { ReactNode } from 'react'

import type { Endless } from '@/api/endless'

import { Card } from './Card'
import { type Column, DataTable } from './DataTable'
import { FailureState } from './FailureState'
import { formatCount } from './format'
import { SearchField } from './SearchField'
import { SectionHead } from './SectionHead'
import { ShowMore } from './ShowMore'

interface EntityListProps<Row> {
  title: string
  /** As in "tags". */
  nouns: string
  list: Endless<Row>
  columns: Column<Row>[]
  keyOf: (row: Row) => string
  /** What is shown where there is none at all. */
  empty: ReactNode
  search?: { value: string; onChange: (value: string) => void }
  action?: ReactNode
  selectedKey?: string
  onSelect?: (row: Row) => void
  testId?: string
}

const worthSearching = 9

/** One kind of thing as a table of any length: searched on the server, read as it is scrolled. */
export function EntityList<Row>(props: EntityListProps<Row>) {
  const { title, nouns, list, empty, search, action, columns, keyOf, selectedKey, onSelect, testId } = props
  const { nodes, totalCount = 0, error, refresh } = list
  const isSearching = Boolean(search?.value)
  return (
    <section>
      <SectionHead
        title={title}
        note={nodes && (isSearching ? `${formatCount(totalCount)} found` : formatCount(totalCount))}
        action={
          <>
            {search && (isSearching || totalCount >= worthSearching) && (
              <SearchField label={`Search ${nouns}`} {...search} />
            )}
            {action}
          </>
        }
      />
      <Card overflowX="auto">
        {!nodes && !error && <Skeleton h="147px" />}
        {!nodes && error && <FailureState error={error} what={`The list of ${nouns}`} onRetry={refresh} />}
        {nodes?.length === 0 &&
          (isSearching ? (
            <Text p="16px 12px" color="text2">
              None of the {nouns} has “{search?.value}” in its name.
            </Text>
          ) : (
            empty
          ))}
        {nodes && nodes.length > 0 && (
          <DataTable rows={nodes} {...{ columns, keyOf, selectedKey, onSelect, testId }} />
        )}
      </Card>
      {list.hasMore && (
        <ShowMore label={`Show more ${nouns}`} isPending={list.isLoadingMore} onMore={list.loadMore} />
      )}
    </section>
  )
}
