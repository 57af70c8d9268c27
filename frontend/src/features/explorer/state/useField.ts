import { useEffect } from 'react'

import { useExplorer, useView } from './context'
import type { Field } from './fields'

/** A field, read from the server when it is not there yet. */
export function useField(id: string | null): Field | undefined {
  const { session } = useExplorer()
  const version = useView((view) => view.pointsVersion)
  useEffect(() => {
    if (id) session.want(id).catch(() => undefined)
  }, [session, id, version])
  return id === null ? undefined : session.field(id)
}
