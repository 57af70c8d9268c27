import { Button, Text } from '@chakra-ui/react'
import { useState } from 'react'

import { CardSection } from '@/components/CardSection'
import { CountBar } from '@/components/CountBar'
import { formatCount } from '@/components/format'
import { Swatch } from '@/components/Swatch'

import type { DatasetInFull } from './types'

const shownAtFirst = 12

/** How often each category is the label, the most frequent first. */
export function LabelMix({ dataset }: { dataset: DatasetInFull }) {
  const [isWhole, setWhole] = useState(false)
  const { labelCounts } = dataset
  const shown = isWhole ? labelCounts : labelCounts.slice(0, shownAtFirst)
  const largest = labelCounts[0]?.datapointCount ?? 1
  return (
    <CardSection title="Labels" note={formatCount(labelCounts.length)}>
      {labelCounts.length === 0 && (
        <Text color="text2">No labels yet. Log them with labels=, or set them on a map.</Text>
      )}
      {shown.map(({ category, datapointCount }) => (
        <CountBar
          key={category.id}
          count={datapointCount}
          largest={largest}
          name={
            <>
              <Swatch colour={category.colour} />
              <Text truncate title={category.name}>
                {category.name}
              </Text>
            </>
          }
        />
      ))}
      {labelCounts.length > shownAtFirst && (
        <Button variant="ghost" mt="4px" ms="-8px" onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show fewer' : `Show all ${formatCount(labelCounts.length)}`}
        </Button>
      )}
    </CardSection>
  )
}
