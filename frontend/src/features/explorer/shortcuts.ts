/** All keys and gestures of the explorer, as the panel lists them. */

interface ShortcutGroup {
  title: string
  isForEditors?: boolean
  keys: readonly (readonly [press: string, does: string])[]
}

export const shortcutGroups: readonly ShortcutGroup[] = [
  {
    title: 'Select',
    keys: [
      ['Click', 'select one and look at it'],
      ['Shift + click', 'add or take away one'],
      ['Ctrl, ⌘ or Alt + click', 'take away one'],
      ['Shift + drag', 'lasso that adds'],
      ['Ctrl, ⌘ or Alt + drag', 'lasso that takes away'],
      ['Ctrl or ⌘ + A / I', 'all that is shown / the others'],
      ['Ctrl or ⌘ + Z', 'undo; with Shift, or Ctrl + Y: redo'],
      ['Esc', 'step back, then clear the selection'],
    ],
  },
  {
    title: 'Tools and map',
    keys: [
      ['V / L / R', 'move / lasso / rectangle'],
      ['Drag, arrows', 'move the map'],
      ['Space + drag, middle button', 'move the map with any tool'],
      ['Wheel, pinch, + −', 'zoom'],
      ['F or 0', 'the whole map'],
      ['Z', 'zoom to the selection'],
    ],
  },
  {
    title: 'Values of legend and rail',
    keys: [
      ['Click', 'hide or show a value'],
      ['Alt or double click', 'show it alone'],
      ['□ beside a value', 'select its datapoints'],
      ['Shift, Alt, Ctrl or ⌘ + □', '∪ add, ∩ intersect, ∖ take away'],
    ],
  },
  {
    title: 'Look around',
    keys: [
      ['/', 'search by key or text'],
      ['Ctrl or ⌘ + K', 'find anything in the project'],
      ['S / I', 'filters / inspector'],
      ['M', 'more like this: find similar'],
      ['O', 'slices'],
      ['X', 'export the selection'],
      ['?', 'this list'],
    ],
  },
  {
    title: 'Datapoint',
    keys: [
      ['Enter, double click', 'show it large'],
      ['← → ↑ ↓', 'go through the list and its rows'],
      ['Delete', 'take a card out of the selection'],
      ['B', 'boxes on thumbnails'],
      ['Esc', 'step out'],
    ],
  },
  {
    title: 'Edit',
    isForEditors: true,
    keys: [
      ['T / U', 'tag / untag'],
      ['E', 'set the label'],
      ['A', 'set the label to the inference'],
      ['N', 'then open the next, on or off'],
      ['K', 'keep the selection as a slice'],
    ],
  },
]
