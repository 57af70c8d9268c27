import { SimilarHead } from '../similar/SimilarHead'
import { ActionButtons } from './ActionButtons'
import { Listing } from './Listing'
import { SelectionFigures } from './SelectionFigures'

export function SelectionTab({ listing }: { listing: Uint32Array }) {
  return (
    <>
      <SelectionFigures />
      <ActionButtons />
      <SimilarHead />
      <Listing points={listing} />
    </>
  )
}
