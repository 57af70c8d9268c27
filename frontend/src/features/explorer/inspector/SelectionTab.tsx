import { ActionButtons } from './ActionButtons'
import { Listing } from './Listing'
import { SelectionFigures } from './SelectionFigures'

export function SelectionTab({ listing }: { listing: Uint32Array }) {
  return (
    <>
      <SelectionFigures />
      <ActionButtons />
      <Listing points={listing} />
    </>
  )
}
