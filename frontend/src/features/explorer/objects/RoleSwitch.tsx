import { Link } from '@tanstack/react-router'

import { useExplorer } from '../state/context'
import { type MapRole, newestByRole } from './counterparts'
import css from './objects.module.css'
import { useRoleMaps } from './useRoleMaps'

const titles: Record<MapRole, string> = { contexts: 'Contexts', objects: 'Objects', both: 'Both' }

/** Between the maps of images, of the objects inside them, and of both; the newest of each. */
export function RoleSwitch() {
  const { map } = useExplorer().session
  const { role, maps } = useRoleMaps()
  const newest = newestByRole(maps)
  const others = (['contexts', 'objects', 'both'] as const).filter((each) => each === role || newest[each])
  if (!role || others.length < 2) return null
  return (
    <nav className={css.roles} aria-label="What is on the map" data-testid="role-switch">
      {others.map((each) =>
        each === role ? (
          <span key={each} className={css.role} aria-current="page">
            {titles[each]}
          </span>
        ) : (
          <Link
            key={each}
            className={css.role}
            to="/projects/$namespace/$project/maps/$mapId"
            params={{ namespace: map.namespace, project: map.projectName, mapId: newest[each]!.id }}
            search={{}}
            title={newest[each]!.name}
          >
            {titles[each]}
          </Link>
        ),
      )}
    </nav>
  )
}
