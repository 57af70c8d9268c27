import { type RefObject, useEffect } from 'react'

import {
  createScatter,
  GONE,
  OPEN_RING,
  type ScatterEngine,
  type ScatterTheme,
  SELECTED,
  VISIBLE,
} from '@/scatter'
import { colours, type Theme } from '@/theme/tokens'
import { useTheme } from '@/theme/useTheme'

import { type Colouring, hasValue } from '../state/colouring'
import { useExplorer, useView } from '../state/context'
import type { Session } from '../state/session'
import { frontPoint } from '../state/viewState'
import { useColouring } from './useColouring'

/** Creates the engine on the canvas and keeps it equal to the view. */
export function useEngine(canvas: RefObject<HTMLCanvasElement | null>): ScatterEngine | null {
  const { session } = useExplorer()
  const engine = useView((view) => view.engine)

  useEffect(() => {
    const { camera, tool, pointSize, restOpacity } = session.view.getState()
    const theme = scatterTheme(useTheme.getState().theme)
    const created = createScatter(canvas.current!, { theme, tool, pointSize, restOpacity })
    created.setPositions(session.points.x, session.points.y)
    if (camera) created.setCamera(camera)
    session.view.setState({ engine: created })
    const stopListening = listen(created, session)
    return () => {
      stopListening()
      created.destroy()
      session.view.setState({ engine: null })
    }
  }, [canvas, session])

  useMarks(engine)
  return engine
}

function useMarks(engine: ScatterEngine | null) {
  const { session } = useExplorer()
  const colouring = useColouring()
  const theme = useTheme((state) => state.theme)
  const tool = useView((view) => view.tool)
  const pointSize = useView((view) => view.pointSize)
  const restOpacity = useView((view) => view.restOpacity)
  const opened = useView((view) => view.opened)
  // With nothing under the pointer the mark stays on the open datapoint.
  const marked = useView((view) => view.hovered ?? frontPoint(view))
  const shownVersion = useView((view) => view.shownVersion)
  const selectionVersion = useView((view) => view.selectionVersion)

  useEffect(() => engine?.setTheme(scatterTheme(theme)), [engine, theme])
  useEffect(() => engine?.setTool(tool), [engine, tool])
  useEffect(() => engine?.setPointSize(pointSize), [engine, pointSize])
  useEffect(() => engine?.setRestOpacity(restOpacity), [engine, restOpacity])
  useEffect(() => engine?.setHovered(marked), [engine, marked])
  useEffect(() => {
    if (engine && opened !== null) bringIntoSight(engine, session.points.x[opened], session.points.y[opened])
  }, [engine, session, opened])
  useEffect(() => {
    if ('slots' in colouring) engine?.setCategory(colouring.slots, colouring.palette)
    else engine?.setScalar(colouring.scores, colouring.ramp, colouring.domain)
  }, [engine, colouring])
  useEffect(
    () => engine?.setState(statesOf(session, colouring)),
    [engine, session, colouring, shownVersion, selectionVersion],
  )
}

/** Moves the map only when the point of a datapoint opened from a list lies outside it. */
function bringIntoSight(engine: ScatterEngine, x: number, y: number): void {
  const { width, height } = engine.getSize()
  const at = engine.dataToScreen(x, y)
  if (at.x >= 0 && at.y >= 0 && at.x <= width && at.y <= height) return
  engine.panBy(width / 2 - at.x, height / 2 - at.y)
}

function listen(engine: ScatterEngine, session: Session): () => void {
  const stops = [
    engine.on('hover', ({ index }) => session.view.setState({ hovered: index })),
    engine.on('camera', ({ camera, isFitted }) =>
      session.view.setState({ camera: isFitted ? null : camera }),
    ),
    engine.on('lasso', ({ indices, mode, polygon }) =>
      session.selectByLasso(indices, {
        map: session.map.id,
        mode: mode === 'subtract' ? 'remove' : mode,
        polygon: engine.worldToData(polygon),
      }),
    ),
    engine.on('click', ({ index, modifiers }) => {
      if (index === null) return
      const point = Uint32Array.of(index)
      if (modifiers.control || modifiers.alt) return session.select(point, 'subtract')
      if (modifiers.shift) return session.select(point, session.selected[index] ? 'subtract' : 'add')
      // One of the selected is looked at without losing the others.
      if (!session.selected[index]) session.select(point, 'replace')
      session.open(index)
    }),
  ]
  return () => stops.forEach((stop) => stop())
}

function statesOf(session: Session, colouring: Colouring): Uint8Array {
  const { failing, selected } = session
  const { gone } = session.filtering
  const states = new Uint8Array(failing.length)
  for (let i = 0; i < states.length; i++) {
    states[i] =
      (failing[i] === 0 ? VISIBLE : 0) |
      (gone?.[i] ? GONE : 0) |
      (selected[i] ? SELECTED : 0) |
      (hasValue(colouring, i) ? 0 : OPEN_RING)
  }
  return states
}

function scatterTheme(theme: Theme): ScatterTheme {
  return { plot: colours.plot[theme], text: colours.text[theme], noLabel: colours.noLabel[theme] }
}
