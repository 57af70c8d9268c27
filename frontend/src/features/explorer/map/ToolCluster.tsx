import {
  Lasso,
  type LucideIcon,
  Maximize,
  Minus,
  Move,
  PanelLeftOpen,
  PanelRightOpen,
  Plus,
  SquareDashed,
  ZoomIn,
} from 'lucide-react'

import type { Tool } from '@/scatter'

import { useExplorer, useView } from '../state/context'
import css from './map.module.css'

const ZOOM_STEP = 1.5

export function ToolCluster() {
  const { session } = useExplorer()
  const selected = useView((view) => view.selectedCount)
  return (
    <div className={`${css.glass} ${css.tools}`} role="toolbar" aria-label="Map tools">
      <ToolButton tool="pan" icon={Move} title="Move the map (V)" />
      <ToolButton tool="lasso" icon={Lasso} title="Lasso (L, or hold Shift and drag)" />
      <ToolButton tool="rectangle" icon={SquareDashed} title="Rectangle (R)" />
      <span className={css.rule} />
      <IconButton icon={Maximize} title="Show the whole map (F)" onClick={() => session.engine?.fit()} />
      <IconButton
        icon={ZoomIn}
        title="Zoom to the selection (Z)"
        isDisabled={selected === 0}
        onClick={() => session.engine?.zoomTo(session.selection)}
      />
      <span className={css.rule} />
      <IconButton icon={Minus} title="Zoom out (−)" onClick={() => session.engine?.zoomBy(1 / ZOOM_STEP)} />
      <IconButton icon={Plus} title="Zoom in (+)" onClick={() => session.engine?.zoomBy(ZOOM_STEP)} />
      <PanelButtons />
    </div>
  )
}

/** The ways back to a panel that was closed. */
function PanelButtons() {
  const { session } = useExplorer()
  const isRailOpen = useView((view) => view.isRailOpen)
  const isInspectorOpen = useView((view) => view.isInspectorOpen)
  if (isRailOpen && isInspectorOpen) return null
  return (
    <>
      <span className={css.rule} />
      {!isRailOpen && (
        <IconButton
          icon={PanelLeftOpen}
          title="Show the filters (S)"
          onClick={() => session.view.setState({ isRailOpen: true })}
        />
      )}
      {!isInspectorOpen && (
        <IconButton
          icon={PanelRightOpen}
          title="Show the inspector (I)"
          onClick={() => session.view.setState({ isInspectorOpen: true })}
        />
      )}
    </>
  )
}

function ToolButton({ tool, icon, title }: { tool: Tool; icon: LucideIcon; title: string }) {
  const { session } = useExplorer()
  const isActive = useView((view) => view.tool === tool)
  return (
    <IconButton
      icon={icon}
      title={title}
      isActive={isActive}
      testId={`tool-${tool}`}
      onClick={() => session.view.setState({ tool })}
    />
  )
}

interface IconButtonProps {
  icon: LucideIcon
  title: string
  onClick: () => void
  isActive?: boolean
  isDisabled?: boolean
  testId?: string
}

function IconButton({ icon: Icon, title, onClick, isActive, isDisabled, testId }: IconButtonProps) {
  return (
    <button
      type="button"
      className={css.tool}
      title={title}
      aria-label={title}
      aria-pressed={isActive}
      disabled={isDisabled}
      data-testid={testId}
      onClick={onClick}
    >
      <Icon size={16} strokeWidth={1.5} aria-hidden="true" />
    </button>
  )
}
