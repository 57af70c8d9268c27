import { CardSection } from '@/components/CardSection'
import { FactList } from '@/components/FactList'
import { formatMoment } from '@/components/format'
import { useNow } from '@/components/useNow'

import { sourceWords } from '../words'
import type { AnalysisInFull } from './ScoreSets'

const methodWords: Record<string, string> = { hungarian: 'Hungarian', best_first: 'best first' }

/** What was asked, by whom and when. */
export function AnalysisFacts({ analysis }: { analysis: AnalysisInFull }) {
  const now = useNow()
  const asked = (analysis.parameters ?? {}) as {
    iou_threshold?: number
    is_class_aware?: boolean
    method?: string
  }
  return (
    <CardSection title="About">
      <FactList
        facts={[
          { name: 'Of', value: sourceWords(analysis.parameters) },
          asked.iou_threshold !== undefined && { name: 'Least IoU', value: String(asked.iou_threshold) },
          asked.is_class_aware !== undefined && {
            name: 'Category must be equal',
            value: asked.is_class_aware ? 'yes' : 'no',
          },
          asked.method !== undefined && { name: 'Method', value: methodWords[asked.method] ?? asked.method },
          { name: 'Asked for', value: formatMoment(analysis.createdAt, now) },
          { name: 'By', value: analysis.createdBy?.username ?? 'a former member' },
          analysis.finishedAt != null && { name: 'Finished', value: formatMoment(analysis.finishedAt, now) },
        ]}
      />
    </CardSection>
  )
}
