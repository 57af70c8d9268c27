import { chakra, Flex, Text } from '@chakra-ui/react'
import { FileQuestionMark } from 'lucide-react'

import type { DatasetItem } from './useDatasets'

type Shown = DatasetItem['datapoints']['edges'][number]['node']

const shownTexts = 2

/** A strip of the first datapoints: thumbnails, or the first lines of texts, or their keys. */
export function FirstDatapoints({ dataset }: { dataset: DatasetItem }) {
  const datapoints = dataset.datapoints.edges.map(({ node }) => node)
  if (datapoints.length === 0) return <Line>No datapoints yet</Line>
  if (datapoints.some((each) => each.resource?.thumbnailUrl)) return <Thumbnails datapoints={datapoints} />
  return (
    <Flex direction="column" mb="10px">
      {datapoints.slice(0, shownTexts).map((each) => (
        <Line key={each.id}>{each.resource?.text || each.key}</Line>
      ))}
    </Flex>
  )
}

function Thumbnails({ datapoints }: { datapoints: Shown[] }) {
  return (
    <Flex gap="6px" mb="10px">
      {datapoints.map(({ id, key, resource }) => (
        <Flex
          key={id}
          flex="1 1 0"
          maxW="40px"
          css={{ aspectRatio: '1' }}
          bg="plot"
          borderRadius="chip"
          overflow="hidden"
        >
          {resource?.thumbnailUrl ? (
            <chakra.img
              src={`${resource.thumbnailUrl}?size=64`}
              alt={key}
              loading="lazy"
              w="full"
              h="full"
              objectFit="cover"
            />
          ) : (
            <Flex m="auto" color="text3">
              <FileQuestionMark size={16} strokeWidth={1.5} aria-hidden="true" />
            </Flex>
          )}
        </Flex>
      ))}
    </Flex>
  )
}

function Line({ children }: { children: string }) {
  return (
    <Text textStyle="dense" lineHeight="17px" color="text2" truncate>
      {children}
    </Text>
  )
}
