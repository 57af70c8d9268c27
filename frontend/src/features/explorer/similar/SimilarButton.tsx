import { Button } from '@chakra-ui/react'
import { ScanSearch } from 'lucide-react'

import { useExplorer, useView } from '../state/context'
import { findSimilarToChosen } from './findSimilar'

/** Selects what is similar to the datapoint in front, or else to the selection. */
export function SimilarButton() {
  const { session } = useExplorer()
  const isFinding = useView((view) => view.isFindingSimilar)
  return (
    <Button
      loading={isFinding}
      onClick={() => findSimilarToChosen(session)}
      data-testid="find-similar-button"
      title="What is most like this, by its embedding (M)"
    >
      <ScanSearch aria-hidden="true" />
      Find similar
    </Button>
  )
}
