import css from './facts.module.css'
import { FactTable } from './Facts'
import type { KnownDatapoint } from './known'

type Score = KnownDatapoint['scores'][number]

const directions: Partial<Record<Score['scoreSet']['direction'], string>> = {
  HIGH_IS_BAD: 'high is bad',
  LOW_IS_BAD: 'low is bad',
}

/** What analyses say of it, and which end of each deserves a look. */
export function Scores({ known }: { known: KnownDatapoint }) {
  const facts = known.scores.map((score) => ({
    id: score.scoreSet.id,
    name: score.scoreSet.title,
    hint: score.scoreSet.analysis.name,
    value: (
      <>
        {score.text ?? numberOf(score)}
        {!score.text && directions[score.scoreSet.direction] && (
          <span className={css.direction}>{directions[score.scoreSet.direction]}</span>
        )}
      </>
    ),
  }))
  return <FactTable title="Scores" facts={facts} />
}

function numberOf({ value, scoreSet: { unit } }: Score): string {
  const number = Number.isInteger(value) ? String(value) : String(+value.toPrecision(4))
  return unit === '%' ? `${number} %` : unit ? `${number} ${unit}` : number
}
