export { createScatter } from './engine'
export { GONE, OPEN_RING, SELECTED, VISIBLE } from './types'
export type {
  Camera,
  LassoMode,
  Point,
  ScatterEngine,
  ScatterEvents,
  ScatterTheme,
  Size,
  Tool,
} from './types'
