import { Swatch } from '../parts/Swatch'
import css from './facts.module.css'
import { useHost } from './host'
import { inferencesOf, type KnownDatapoint, type KnownInference, modelName } from './known'

const MOST_ROWS = 3

/** Class probabilities of every model that gave them: the likeliest, the label's own, and the rest as one bar. */
export function Probabilities({ known }: { known: KnownDatapoint }) {
  const { modelId } = useHost()
  return inferencesOf(known, modelId).map(({ inferenceSet, probabilities, category }) => {
    if (!probabilities?.length) return null
    return (
      <section key={inferenceSet.id} className={css.section}>
        <h3>
          Class probabilities
          <small>{modelName(inferenceSet.trainedModel)}</small>
        </h3>
        <Bars probabilities={probabilities} labelId={known.label?.id} inferenceId={category?.id} />
      </section>
    )
  })
}

interface BarsProps {
  probabilities: NonNullable<KnownInference['probabilities']>
  labelId: string | undefined
  inferenceId: string | undefined
}

function Bars({ probabilities, labelId, inferenceId }: BarsProps) {
  const { colourOf } = useHost()
  const sorted = [...probabilities].sort((a, b) => b.value - a.value)
  const shown = sorted.filter(({ category }, k) => k < MOST_ROWS || category.id === labelId)
  const rest = sorted.filter((each) => !shown.includes(each))
  const role = (id: string) => {
    if (id === inferenceId) return id === labelId ? ', both' : ', inference'
    return id === labelId ? ', label' : ''
  }
  return (
    <>
      {shown.map(({ category, value }) => (
        <div key={category.id} className={css.probability}>
          <Swatch colour={colourOf(category.id)} />
          <span title={category.name}>
            {category.name}
            {role(category.id)}
          </span>
          <Bar value={value} colour={colourOf(category.id)} />
        </div>
      ))}
      {rest.length > 0 && (
        <div className={css.probability}>
          <Swatch colour="var(--chroma-colors-bar)" />
          <span>{rest.length === 1 ? '1 other' : `${rest.length} others`}</span>
          <Bar value={rest.reduce((sum, { value }) => sum + value, 0)} colour="var(--chroma-colors-bar)" />
        </div>
      )}
    </>
  )
}

function Bar({ value, colour }: { value: number; colour: string }) {
  return (
    <>
      <span className={css.track}>
        <span style={{ width: `${100 * Math.min(1, value)}%`, background: colour }} />
      </span>
      <b>{value.toFixed(3)}</b>
    </>
  )
}
