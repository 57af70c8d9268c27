import { formatCount } from '@/components/format'

export type Summary = Record<string, unknown>

export interface TargetFigures {
  dataset: string
  scored_count: number
  median_quality: number | null
  low_quality_count: number
}

export interface CategoryFigures {
  category: string
  found_count: number
  ground_truth_count: number
  right_count: number
  spurious_count: number
  missed_count: number
  precision: number | null
  recall: number | null
  mean_iou: number | null
}

export const summaryWords: Record<string, string> = {
  reference_count: 'Datapoints in the reference',
  scored_count: 'Datapoints scored',
  found_count: 'Objects found',
  ground_truth_count: 'Objects in the ground truth',
  matched_count: 'Matched',
  spurious_count: 'Spurious',
  missed_count: 'Missed',
  other_category_count: 'Matched with another category',
  precision: 'Precision',
  recall: 'Recall',
  mean_iou: 'Mean IoU of matches',
}
const shares = ['precision', 'recall', 'mean_iou']

export function figureText(name: string, value: number): string {
  return shares.includes(name) ? value.toFixed(3) : formatCount(value)
}

export function isTargetList(value: unknown): value is TargetFigures[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'object' && each && 'dataset' in each)
}

export function categoriesOf(summary: unknown): CategoryFigures[] {
  const { categories } = (summary ?? {}) as { categories?: unknown }
  return Array.isArray(categories) ? (categories as CategoryFigures[]) : []
}
