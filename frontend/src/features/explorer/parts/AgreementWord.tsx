import { AGREEMENT } from '../data/points'

/** Agree or disagree as a word: red only for what differs. */
export function AgreementWord({ agreement }: { agreement: number }) {
  if (agreement === AGREEMENT.disagree)
    return <span style={{ color: 'var(--chroma-colors-error)' }}>Disagree</span>
  if (agreement === AGREEMENT.agree) return <span style={{ color: 'var(--chroma-colors-text3)' }}>Agree</span>
  const text = agreement === AGREEMENT.noLabel ? 'No label' : 'No inference'
  return <span style={{ color: 'var(--chroma-colors-text3)' }}>{text}</span>
}
