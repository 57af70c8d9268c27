import css from './parts.module.css'

interface SwatchProps {
  colour: string
  isRing?: boolean
  /** A dataset within a category. */
  isRound?: boolean
}

/** The colour of a value, always beside its name; an open ring for none. */
export function Swatch({ colour, isRing = false, isRound = false }: SwatchProps) {
  return isRing ? (
    <span className={css.ring} style={{ borderColor: colour }} aria-hidden="true" />
  ) : (
    <span
      className={css.swatch}
      style={{ background: colour, borderRadius: isRound ? '50%' : undefined }}
      aria-hidden="true"
    />
  )
}
