import { chakra, Flex, Text } from '@chakra-ui/react'

import { Chip } from '@/components/Chip'
import { DataTable } from '@/components/DataTable'
import { Swatch } from '@/components/Swatch'
import type { DatapointRowFragment } from '@/gql/graphql'

import { Picture } from './Picture'

type Row = DatapointRowFragment
const shownTags = 3

export function DatapointTable({ datapoints }: { datapoints: readonly Row[] }) {
  return (
    <DataTable
      rows={datapoints}
      keyOf={(datapoint) => datapoint.id}
      testId="datapoints"
      columns={[
        { title: '', width: '64px', cell: (datapoint) => <Picture datapoint={datapoint} size={40} /> },
        { title: 'Key', cell: (datapoint) => <Key datapoint={datapoint} /> },
        { title: 'Label', cell: ({ label }) => <Category category={label} none="No label" /> },
        { title: 'Inference', cell: (datapoint) => <Inference datapoint={datapoint} /> },
        { title: 'Tags', cell: ({ tags }) => <Tags tags={tags} /> },
        { title: 'Metadata', cell: ({ metadata }) => <Metadata metadata={metadata} /> },
      ]}
    />
  )
}

function Key({ datapoint: { key, resource } }: { datapoint: Row }) {
  return (
    <>
      <Text textStyle="mono" truncate maxW="220px" title={key}>
        {key}
      </Text>
      {resource?.kind === 'TEXT' && (
        <Text color="text2" truncate maxW="320px" title={resource.text}>
          {resource.text}
        </Text>
      )}
    </>
  )
}

function Category({ category, none }: { category: Row['label']; none: string }) {
  if (!category) return <Text color="text3">{none}</Text>
  return (
    <Flex align="center" gap="6px">
      <Swatch colour={category.colour} />
      <Text truncate maxW="140px">
        {category.name}
      </Text>
    </Flex>
  )
}

/** The newest model's; that it differs from the label is said in words. */
function Inference({ datapoint: { label, inferences } }: { datapoint: Row }) {
  const newest = inferences.at(-1)
  if (!newest?.category) return <Text color="text3">None</Text>
  return (
    <Flex align="center" gap="8px">
      <Category category={newest.category} none="" />
      {newest.confidence != null && <Text color="text2">{Math.round(100 * newest.confidence)}%</Text>}
      {label && label.id !== newest.category.id && <Chip tone="error">disagrees</Chip>}
    </Flex>
  )
}

function Tags({ tags }: { tags: Row['tags'] }) {
  return (
    <Flex gap="4px" wrap="wrap">
      {tags.slice(0, shownTags).map((tag) => (
        <Chip key={tag.id}>{tag.name}</Chip>
      ))}
      {tags.length > shownTags && <Text color="text2">+{tags.length - shownTags}</Text>}
    </Flex>
  )
}

function Metadata({ metadata }: { metadata: Row['metadata'] }) {
  const text = metadata.map(({ name, value }) => `${name} ${valueText(value)}`).join(', ')
  return (
    <chakra.span display="block" maxW="260px" color="text2" truncate title={text}>
      {text}
    </chakra.span>
  )
}

function valueText(value: unknown): string {
  if (typeof value === 'number' && !Number.isInteger(value)) return String(Number(value.toPrecision(4)))
  return String(value)
}
