import { Link } from '@tanstack/react-router'
import { Pause, Play } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useQuery } from 'urql'

import type { Drift } from '@/api/mapVersions'
import type { MapVersionsQuery as Versions } from '@/gql/graphql'

import { useExplorer } from '../state/context'
import { MapVersionsQuery } from './documents'
import { driftSentence } from './driftSentence'
import { useMorph } from './useMorph'
import css from './versions.module.css'

type Version = NonNullable<Versions['projectionSet']>['versions'][number]

/** The versions of this map: which one is shown, how far it drifted, and the way from another one to it. */
export function VersionPanel() {
  const { session } = useExplorer()
  const [{ data }] = useQuery({ query: MapVersionsQuery, variables: { id: session.map.id } })
  const map = data?.projectionSet
  const versions = (map?.versions ?? []).filter(({ finishedAt }) => finishedAt)
  if (!map || versions.length < 2) return null
  return (
    <section className={css.panel} aria-label="Versions of this map" data-testid="versions">
      <nav className={css.versions} aria-label="Versions">
        {versions.map((version, k) => (
          <Link
            key={version.id}
            to="/projects/$namespace/$project/maps/$mapId"
            params={{ namespace: session.map.namespace, project: session.map.projectName, mapId: version.id }}
            search={{}}
            className={css.version}
            title={version.name}
            aria-current={version.id === map.id ? 'page' : undefined}
          >
            v{k + 1}
          </Link>
        ))}
      </nav>
      <Morph key={map.id} versions={versions} mapId={map.id} previousId={map.previous?.id ?? null} />
      {map.drift != null && <p className={css.drift}>{driftSentence(map.drift as Drift)}</p>}
    </section>
  )
}

interface MorphProps {
  versions: readonly Version[]
  mapId: string
  previousId: string | null
}

/** Plays the way from another version to this one, or shows any place on it. */
function Morph({ versions, mapId, previousId }: MorphProps) {
  const others = useMemo(() => versions.filter(({ id }) => id !== mapId), [versions, mapId])
  const [chosen, setChosen] = useState(previousId)
  const from = others.find(({ id }) => id === chosen) ?? others[others.length - 1]
  const { blend, isPlaying, isReady, play, pause, moveTo } = useMorph(from)
  const number = (id: string) => `v${versions.findIndex((each) => each.id === id) + 1}`
  const Icon = isPlaying ? Pause : Play
  return (
    <div className={css.morph}>
      <button
        type="button"
        className={css.play}
        disabled={!isReady}
        aria-label={isPlaying ? 'Pause' : `Play the way from ${number(from.id)} to ${number(mapId)}`}
        onClick={isPlaying ? pause : play}
        data-testid="play-versions"
      >
        <Icon size={14} strokeWidth={1.5} aria-hidden="true" />
      </button>
      {others.length > 1 ? (
        <select value={from.id} aria-label="From version" onChange={(event) => setChosen(event.target.value)}>
          {others.map(({ id, name }) => (
            <option key={id} value={id} title={name}>
              {number(id)}
            </option>
          ))}
        </select>
      ) : (
        <span>{number(from.id)}</span>
      )}
      <input
        type="range"
        min={0}
        max={1}
        step={0.01}
        value={blend}
        disabled={!isReady}
        aria-label={`Between ${number(from.id)} and ${number(mapId)}`}
        aria-valuetext={`${Math.round(100 * blend)} % of the way`}
        onChange={(event) => moveTo(event.target.valueAsNumber)}
        data-testid="blend"
      />
      <span>{number(mapId)}</span>
    </div>
  )
}
