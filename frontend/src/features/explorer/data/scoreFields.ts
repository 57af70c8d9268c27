/** Scores by analysis and name: one field for the score sets of all datasets. */

import type { ColumnRef, FieldInfo } from '../state/fields'
import type { DatasetResult, ProjectResult } from './describeMap'

type Analysis = ProjectResult['analyses']['edges'][number]['node']
type ScoreSet = Analysis['scoreSets'][number]

export function scoreFields(
  datasets: readonly DatasetResult[],
  analyses: ProjectResult['analyses'],
): FieldInfo[] {
  const finished = analyses.edges.map(({ node }) => node).filter(({ finishedAt }) => finishedAt)
  return finished.flatMap((analysis) => {
    const byName = new Map<string, ScoreSet[]>()
    for (const set of analysis.scoreSets) {
      if (!datasets.some(({ id }) => id === set.dataset.id)) continue
      byName.set(set.name, [...(byName.get(set.name) ?? []), set])
    }
    return [...byName.values()].map((sets) => fieldOf(analysis, sets, datasets))
  })
}

function fieldOf(analysis: Analysis, sets: ScoreSet[], datasets: readonly DatasetResult[]): FieldInfo {
  const { name, title, direction, unit, values } = sets[0]
  const columns: ColumnRef[] = sets.map(({ id, version, dataset }) => ({
    dataset: datasets.findIndex((each) => each.id === dataset.id) + 1,
    name: `score:${id}`,
    version: String(version),
  }))
  const common = {
    id: `score:${analysis.id}:${name}`,
    title,
    hint: analysis.name,
    group: 'score',
    none: 'No score',
    columns,
    direction,
    unit,
  } as const
  if (!values) return { ...common, kind: 'numbers', reading: { as: 'numbers', isInteger: false } }
  const listed = values.map((each) => ({ id: each, name: each }))
  return { ...common, kind: 'values', reading: { as: 'listed', values: listed } }
}
