import css from './datapoint.module.css'
import type { KnownDatapoint } from './DatapointTab'

export function Metadata({ known }: { known: KnownDatapoint }) {
  const { metadata, resource, parent, source, role } = known
  const facts: [string, string][] = metadata.map(({ name, value }) => [name, textOf(value)])
  if (resource?.mediaType) facts.push(['Resource', `${resource.mediaType}, ${bytesOf(resource.size)}`])
  if (role === 'OBJECT' && parent) facts.push(['Part of', parent.key])
  if (source) facts.push(['Source', source])
  if (facts.length === 0) return null
  return (
    <section className={css.section}>
      <h3>Metadata</h3>
      <dl className={css.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Which embedding sets hold a vector of it. */
export function Embeddings({ known }: { known: KnownDatapoint }) {
  if (known.embeddings.length === 0) return null
  return (
    <section className={css.section}>
      <h3>Embeddings</h3>
      <dl className={css.facts}>
        {known.embeddings.map(({ embeddingSet: { id, dimension, layer } }) => {
          const { trainedModel } = layer.layerSet
          return (
            <div key={id}>
              <dt>{layer.name}</dt>
              <dd>
                {trainedModel.modelArchitecture.name} {trainedModel.version}, {dimension} dimensions
              </dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}

function textOf(value: unknown): string {
  if (typeof value === 'number')
    return Number.isInteger(value) ? String(value) : String(+value.toPrecision(6))
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function bytesOf(size: number): string {
  if (size < 1000) return `${size} B`
  return size < 1e6 ? `${(size / 1000).toFixed(1)} kB` : `${(size / 1e6).toFixed(1)} MB`
}
