import { useExplorer } from '../state/context'

/** The colour that a category has on this map; for no category that of "none". */
export function useCategoryColour(): (categoryId: string | undefined) => string {
  const { session, palettes } = useExplorer()
  const { colours } = palettes.get('label')!
  return (categoryId) => {
    const code = session.map.categories.findIndex(({ id }) => String(id) === categoryId) + 1
    return colours[code]
  }
}
