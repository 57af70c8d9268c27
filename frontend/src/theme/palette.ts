import type { Theme } from './tokens'

/** Ten category colours in a fixed order: the same hue in both themes. */
export const categoryColours: Record<Theme, readonly string[]> = {
  light: [
    '#C2405B',
    '#C99387',
    '#B27701',
    '#665808',
    '#8BB400',
    '#1CB6CA',
    '#2F8696',
    '#414DA8',
    '#8161CF',
    '#8C2D6D',
  ],
  dark: [
    '#F26982',
    '#FEC3B7',
    '#E1A242',
    '#897B33',
    '#BBE74F',
    '#60E8FE',
    '#5BB0C1',
    '#6071D1',
    '#AA8AFF',
    '#B45191',
  ],
}

const viridis = [
  '#440154',
  '#482878',
  '#3E4989',
  '#31688E',
  '#26828E',
  '#1F9E89',
  '#35B779',
  '#6DCD59',
  '#B4DE2C',
  '#FDE725',
]

/** Scores: dark starts one step brighter and light ends one step darker, to stay visible on the plot. */
export const sequentialRamp: Record<Theme, readonly string[]> = {
  light: viridis.slice(0, -1),
  dark: viridis.slice(1),
}

/** Only for scores with a meaningful centre. */
export const divergingRamp = [
  '#2166AC',
  '#67A9CF',
  '#D1E5F0',
  '#C8CDD4',
  '#FDDBC7',
  '#EF8A62',
  '#B2182B',
] as const
