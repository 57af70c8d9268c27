import { Text } from '@chakra-ui/react'

import { CardSection } from '@/components/CardSection'
import { type Fact, FactList } from '@/components/FactList'

import { figureText, isTargetList, type Summary, summaryWords } from './summary'

/** The numbers of an analysis that are no table. */
export function SummaryFigures({ summary }: { summary: unknown }) {
  const figures = Object.entries((summary ?? {}) as Summary)
  const facts = figures.flatMap(([name, value]): Fact[] => {
    if (typeof value === 'number' && !(name === 'spurious_count' && value === 0)) {
      return name in summaryWords ? [{ name: summaryWords[name], value: figureText(name, value) }] : []
    }
    return []
  })
  const targets = figures.flatMap(([name, value]) => (name === 'targets' && isTargetList(value) ? value : []))
  return (
    <CardSection title="Result">
      {facts.length === 0 && <Text color="text2">Nothing yet.</Text>}
      <FactList facts={facts} />
      {targets.map((target) => (
        <Text key={target.dataset} mt="8px" textStyle="dense">
          {target.dataset}: {figureText('scored_count', target.scored_count)} scored
          {target.median_quality != null && `, median quality ${target.median_quality}%`},{' '}
          {figureText('low_quality_count', target.low_quality_count)} of low quality
        </Text>
      ))}
    </CardSection>
  )
}
