import { type ReactNode, useMemo } from 'react'

import { TopBarSlot } from '@/components/TopBarSlot'
import { useTheme } from '@/theme/useTheme'
import { useStore } from 'zustand'

import { useOpening } from './data/useOpening'
import { useRefresh } from './data/useRefresh'
import { LargeDatapoint } from './datapoint/LargeDatapoint'
import css from './explorer.module.css'
import { Inspector } from './inspector/Inspector'
import { MapPane } from './map/MapPane'
import { OpeningState } from './OpeningState'
import { Rail } from './rail/Rail'
import { EditDialogs } from './selection/EditDialogs'
import { ShortcutsPanel } from './ShortcutsPanel'
import { SelectionDialogs } from './slices/SelectionDialogs'
import { SharedSelection } from './slices/SharedSelection'
import { type ExplorerSearch, fromSearch } from './state/address'
import { Explorer as ExplorerContext } from './state/context'
import { Palettes } from './state/palettes'
import type { Session } from './state/session'
import { useAddress } from './state/useAddress'
import { useShortcuts } from './state/useShortcuts'
import { TopBarContent } from './TopBarContent'

interface ExplorerProps {
  mapId: string
  search: ExplorerSearch
  onSearch: (search: ExplorerSearch) => void
  /** The way up, for the top bar. */
  breadcrumb: ReactNode
}

export function Explorer({ mapId, search, onSearch, breadcrumb }: ExplorerProps) {
  const { opening, retry } = useOpening(mapId, fromSearch(search))
  if (opening.state !== 'ready') {
    return (
      <>
        <TopBarSlot>{breadcrumb}</TopBarSlot>
        <OpeningState opening={opening} onRetry={retry} />
      </>
    )
  }
  return <OpenExplorer {...{ onSearch, breadcrumb, session: opening.session }} onGone={retry} />
}

interface OpenExplorerProps {
  session: Session
  onSearch: (search: ExplorerSearch) => void
  breadcrumb: ReactNode
  onGone: () => void
}

function OpenExplorer({ session, onSearch, breadcrumb, onGone }: OpenExplorerProps) {
  const refresh = useRefresh(session, onGone)
  const theme = useTheme((state) => state.theme)
  const pointsVersion = useStore(session.view, (view) => view.pointsVersion)
  const palettes = useMemo(() => {
    void pointsVersion // Fields are replaced in place; their version says when.
    return new Palettes(session, theme)
  }, [session, theme, pointsVersion])
  const context = useMemo(() => ({ session, palettes, refresh }), [session, palettes, refresh])
  const isRailOpen = useStore(session.view, (view) => view.isRailOpen)
  useAddress(session, onSearch)
  useShortcuts(session)

  return (
    <ExplorerContext value={context}>
      <TopBarSlot>
        {breadcrumb}
        <TopBarContent />
      </TopBarSlot>
      <div className={css.explorer}>
        <h1 className={css.hidden}>Map {session.map.name}</h1>
        <div className={css.stage}>
          {isRailOpen && <Rail />}
          <MapPane />
          <LargeDatapoint />
        </div>
        <Inspector />
      </div>
      <EditDialogs />
      <SelectionDialogs />
      <SharedSelection />
      <ShortcutsPanel />
    </ExplorerContext>
  )
}
