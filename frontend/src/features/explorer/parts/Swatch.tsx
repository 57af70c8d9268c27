import css from './parts.module.css'

/** The colour of a value, always beside its name; an open ring for none. */
export function Swatch({ colour, isRing = false }: { colour: string; isRing?: boolean }) {
  return isRing ? (
    <span className={css.ring} style={{ borderColor: colour }} aria-hidden="true" />
  ) : (
    <span className={css.swatch} style={{ background: colour }} aria-hidden="true" />
  )
}
