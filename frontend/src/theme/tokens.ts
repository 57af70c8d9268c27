export type Theme = 'light' | 'dark'

/** Every colour of the two themes, by one set of names. Data colours are kept apart in `palette.ts`. */
export const colours = {
  bg: { light: '#F4F5F7', dark: '#0B0D11' },
  panel: { light: '#FFFFFF', dark: '#12151B' },
  raised: { light: '#FFFFFF', dark: '#191D25' },
  plot: { light: '#FBFBFC', dark: '#0E1116' },
  sunk: { light: '#F1F3F5', dark: '#0E1116' },
  hover: { light: '#EEF0F3', dark: '#1D222B' },
  border: { light: '#E1E4E9', dark: '#242A34' },
  borderStrong: { light: '#C9CED6', dark: '#39414E' },
  text: { light: '#14181F', dark: '#E8EBF0' },
  text2: { light: '#47505F', dark: '#AAB2C0' },
  text3: { light: '#646D7D', dark: '#838C9B' },
  accent: { light: '#2563EB', dark: '#2F6FED' },
  accentText: { light: '#1D4FD7', dark: '#86B3FF' },
  accentBg: { light: '#E8EFFD', dark: '#16233D' },
  accentBorder: { light: '#B6CBF8', dark: '#2A4472' },
  lasso: { light: '#2563EB', dark: '#5B93FF' },
  bar: { light: '#AEB6C2', dark: '#4C5666' },
  barGhost: { light: '#E4E7EB', dark: '#222833' },
  error: { light: '#B42318', dark: '#FF8A7A' },
  errorBg: { light: '#FDECEA', dark: '#331B1A' },
  wrongMark: { light: '#FF5A4A', dark: '#FF5A4A' },
  ok: { light: '#13713F', dark: '#6CCB96' },
  okBg: { light: '#E5F4EB', dark: '#142A1F' },
  warning: { light: '#8A5A00', dark: '#E7B75B' },
  warningBg: { light: '#FBF1DC', dark: '#2E2412' },
  noLabel: { light: '#9AA3AF', dark: '#6B7482' },
  keyword: { light: '#8C2D6D', dark: '#D58AC0' },
  glass: { light: 'rgba(255,255,255,.94)', dark: 'rgba(20,24,31,.94)' },
  scrim: { light: 'rgba(4,6,9,.62)', dark: 'rgba(4,6,9,.62)' },
} satisfies Record<string, Record<Theme, string>>

export type ColourName = keyof typeof colours

/** Text sizes as [size, line height] in pixels. */
export const typeScale = {
  chip: [11, 16],
  dense: [12, 16],
  body: [13, 20],
  lead: [14, 20],
  section: [16, 24],
  title: [18, 26],
  display: [22, 30],
  mono: [11.5, 16],
  code: [12.5, 20],
} as const

export const layers = { map: 0, floating: 10, hoverCard: 20, toast: 30, scrim: 40, modal: 50 } as const
