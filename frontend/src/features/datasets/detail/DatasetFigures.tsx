import { CardSection } from '@/components/CardSection'
import { FactList } from '@/components/FactList'
import { formatCount, formatMoment } from '@/components/format'
import { useNow } from '@/components/useNow'

import { type DatasetInFull, modelName } from './types'

export function DatasetFigures({ dataset }: { dataset: DatasetInFull }) {
  const now = useNow()
  const { datapointCount, objectCount, labelCounts, inferenceSets, createdAt, updatedAt } = dataset
  // Of contexts and objects alike.
  const labelledCount = labelCounts.reduce((sum, each) => sum + each.datapointCount, 0)
  const compared = inferenceSets.edges.map(({ node }) => node)
  return (
    <CardSection title="Figures">
      <FactList
        facts={[
          { name: 'Datapoints', value: formatCount(datapointCount) },
          objectCount > 0 && { name: 'Objects in them', value: formatCount(objectCount) },
          { name: 'Labelled', value: formatCount(labelledCount) },
          ...compared.map((set) => ({
            name: `Disagree with ${modelName(set.trainedModel)}`,
            value: labelledCount === 0 ? 'no labels yet' : formatCount(set.disagreementCount),
          })),
          { name: 'Created', value: formatMoment(createdAt, now) },
          { name: 'Last change', value: formatMoment(updatedAt, now) },
        ]}
      />
    </CardSection>
  )
}
