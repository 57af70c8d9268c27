import { Card } from '@/components/Card'
import { DataTable } from '@/components/DataTable'
import { formatCount } from '@/components/format'
import { SectionHead } from '@/components/SectionHead'

import { categoriesOf, type CategoryFigures } from './summary'

const share = (value: number | null) => (value === null ? '–' : value.toFixed(3))

/** How well each category is found. */
export function CategoryResults({ summary }: { summary: unknown }) {
  const categories = categoriesOf(summary)
  if (categories.length === 0) return null
  const count = (title: string, pick: (each: CategoryFigures) => number) => ({
    title,
    isNumber: true,
    cell: (each: CategoryFigures) => formatCount(pick(each)),
  })
  return (
    <section>
      <SectionHead title="By category" note={categories.length} />
      <Card overflowX="auto">
        <DataTable
          rows={categories}
          keyOf={(each) => each.category}
          columns={[
            { title: 'Category', cell: (each) => each.category },
            count('Ground truth', (each) => each.ground_truth_count),
            count('Found', (each) => each.found_count),
            count('Right', (each) => each.right_count),
            count('Missed', (each) => each.missed_count),
            count('Spurious', (each) => each.spurious_count),
            { title: 'Precision', isNumber: true, cell: (each) => share(each.precision) },
            { title: 'Recall', isNumber: true, cell: (each) => share(each.recall) },
            { title: 'Mean IoU', isNumber: true, cell: (each) => share(each.mean_iou) },
          ]}
        />
      </Card>
    </section>
  )
}
