import type { ReactNode } from 'react'

import css from './facts.module.css'
import { useHost } from './host'
import { type KnownDatapoint, modelName } from './known'

export interface Fact {
  /** Where names repeat. */
  id?: string
  name: string
  hint?: string
  value: ReactNode
  isAddress?: boolean
}

export function Metadata({ known }: { known: KnownDatapoint }) {
  const { show } = useHost()
  const { metadata, resource, parent, role, region, sourceModel } = known
  const facts: Fact[] = metadata.map(({ name, value }) => ({ name, value: textOf(value) }))
  if (role === 'OBJECT' && parent) {
    const open = (
      <button type="button" className={css.link} onClick={() => show(parent.id)}>
        {parent.key}
      </button>
    )
    facts.push({ name: 'Part of', value: open })
    facts.push({ name: 'Found by', value: sourceModel ? modelName(sourceModel) : 'Ground truth' })
    if (region) facts.push({ name: 'Box', value: boxText(region, resource) })
  }
  if (resource && resource.kind !== 'TEXT') {
    facts.push({ name: 'Resource', value: resource.text, isAddress: true })
    if (resource.mediaType) {
      facts.push({ name: 'Kind', value: `${resource.mediaType}, ${bytesOf(resource.size)}` })
    }
  }
  return <FactTable title="Metadata" facts={facts} />
}

export function FactTable({ title, facts }: { title: string; facts: readonly Fact[] }) {
  if (facts.length === 0) return null
  return (
    <section className={css.section}>
      <h3>{title}</h3>
      <dl className={css.facts}>
        {facts.map(({ id, name, hint, value, isAddress }) => (
          <div key={id ?? name}>
            <dt title={hint ?? name}>{name}</dt>
            <dd>{isAddress ? <code>{value}</code> : value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Which embedding sets hold a vector of it. */
export function Embeddings({ known }: { known: KnownDatapoint }) {
  const facts = known.embeddings.map(({ embeddingSet: { dimension, layer } }) => ({
    name: layer.name,
    value: `${modelName(layer.layerSet.trainedModel)}, ${dimension} dimensions`,
  }))
  return <FactTable title="Embeddings" facts={facts} />
}

function boxText(region: readonly number[], resource: KnownDatapoint['resource']): string {
  const [x, y, width, height] = region
  const { width: across, height: down } = resource ?? {}
  if (!across || !down) return `${percent(width)} × ${percent(height)} at ${percent(x)}, ${percent(y)}`
  const pixels = [width * across, height * down, x * across, y * down].map(Math.round)
  return `${pixels[0]} × ${pixels[1]} px at ${pixels[2]}, ${pixels[3]}`
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(1)}%`
}

function textOf(value: unknown): string {
  if (typeof value === 'number')
    return Number.isInteger(value) ? String(value) : String(+value.toPrecision(6))
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function bytesOf(size: number): string {
  if (size < 1000) return `${size} B`
  return size < 1e6 ? `${(size / 1000).toFixed(1)} kB` : `${(size / 1e6).toFixed(1)} MB`
}
