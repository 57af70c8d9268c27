import { column, fetchTable } from '@/api/arrow'

/** Category ids by row; read once for each version of a dataset's labels. */
const read = new Map<string, { version: number; labels: Promise<Int32Array> }>()

export function labelsOf(datasetId: string, version: number): Promise<Int32Array> {
  const known = read.get(datasetId)
  if (known && known.version === version) return known.labels
  const labels = fetchTable(`/bulk/v1/datasets/${datasetId}/columns/label`).then((table) =>
    column<Int32Array>(table, 'value'),
  )
  read.set(datasetId, { version, labels })
  labels.catch(() => read.delete(datasetId))
  return labels
}
