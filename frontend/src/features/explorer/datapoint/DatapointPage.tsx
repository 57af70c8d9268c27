import { type ReactNode, useEffect, useEffectEvent, useMemo, useState } from 'react'
import { useQuery } from 'urql'

import { useProjectSubscription } from '@/api/news'
import { canEdit, type ProjectInfo } from '@/api/project'
import { TopBarSlot } from '@/components/TopBarSlot'
import { categoryColours } from '@/theme/palette'
import { colours } from '@/theme/tokens'
import { useTheme } from '@/theme/useTheme'

import { isBusy } from '../state/useShortcuts'
import css from './datapoint.module.css'
import { DatapointView } from './DatapointView'
import { ProjectWordsQuery } from './documents'
import { type DatapointHost, DatapointHostContext } from './host'
import { pressVerb } from './PrimaryVerb'

interface DatapointPageProps {
  project: ProjectInfo
  datapointId: string
  onShow: (datapointId: string) => void
  /** The way up, for the top bar. */
  breadcrumb: ReactNode
}

/** One datapoint on a page of its own, for which no map is needed. */
export function DatapointPage({ project, datapointId, onShow, breadcrumb }: DatapointPageProps) {
  useProjectSubscription(project.id, project.lastSeq)
  const host = useHostOfProject(project, onShow)
  useKeys(host)
  return (
    <DatapointHostContext value={host}>
      <TopBarSlot>{breadcrumb}</TopBarSlot>
      <div className={css.page}>
        <h1 className={css.hidden}>Datapoint</h1>
        <DatapointView id={datapointId} layout="large" />
      </div>
    </DatapointHostContext>
  )
}

function useHostOfProject(project: ProjectInfo, onShow: (id: string) => void): DatapointHost {
  const theme = useTheme((state) => state.theme)
  const [dialog, ask] = useState<DatapointHost['dialog']>(null)
  const [{ data }, reread] = useQuery({ query: ProjectWordsQuery, variables: { projectId: project.id } })
  return useMemo(() => {
    const own = categoryColours[theme]
    const categories = (data?.categories.edges ?? []).map(({ node: { id, name, colour } }) => ({
      id,
      name,
      colour: own[colour % own.length],
    }))
    const byId = new Map(categories.map(({ id, colour }) => [id, colour]))
    return {
      projectId: project.id,
      namespace: project.namespace,
      projectName: project.name,
      canEdit: canEdit(project),
      modelId: null,
      categories,
      tags: (data?.tags.edges ?? []).map(({ node }) => node),
      colourOf: (id) => byId.get(String(id)) ?? colours.noLabel[theme],
      show: onShow,
      dialog,
      ask,
      // A new name may have come into the project with the edit.
      refresh: async () => reread({ requestPolicy: 'network-only' }),
      history: undefined,
      goOn: null,
      OnThisMap: null,
    }
  }, [project, data, theme, dialog, onShow, reread])
}

function useKeys(host: DatapointHost) {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!host.canEdit || event.ctrlKey || event.metaKey || event.altKey || isBusy(event)) return
    const asks: Record<string, () => void> = { t: () => host.ask('tag'), e: () => host.ask('label') }
    const action = asks[event.key.toLowerCase()] ?? pressVerb(event.key.toLowerCase(), { map: host })
    if (!action) return
    event.preventDefault()
    action()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event)
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [])
}
