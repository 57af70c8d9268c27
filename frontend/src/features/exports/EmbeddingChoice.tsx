import { CheckList } from '@/components/CheckList'
import { countOf } from '@/components/format'
import { Notice } from '@/components/Notice'
import type { ExportChoicesQuery } from '@/gql/graphql'

interface EmbeddingChoiceProps {
  sets: ExportChoicesQuery['embeddingSets']['edges'][number]['node'][]
  chosen: readonly string[]
  error?: string
  onChange: (chosen: string[]) => void
}

/** Vectors are large, so that they come only where they are asked for. */
export function EmbeddingChoice({ sets, chosen, error, onChange }: EmbeddingChoiceProps) {
  if (sets.length === 0) return null
  function toggle(id: string) {
    onChange(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id])
  }
  return (
    <div>
      <CheckList
        legend="Embeddings (optional)"
        maxHeight="140px"
        items={sets.map((set) => ({
          id: set.id,
          name: set.layer.name,
          note: set.dataset.name,
          aside: `${set.dimension}-d, ${countOf(set.embeddingCount, 'embedding')}`,
        }))}
        chosen={chosen}
        onToggle={toggle}
      />
      {error && <Notice tone="error">{error}</Notice>}
    </div>
  )
}
