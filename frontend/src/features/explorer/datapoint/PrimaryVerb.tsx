import { Button } from '@chakra-ui/react'

import css from './datapoint.module.css'
import { useHost } from './host'
import type { KnownDatapoint } from './known'
import { toggleAdvancing, useReviewChoice } from './reviewChoice'
import { suggestionFor } from './suggestion'
import { orTell } from './useDatapointEdits'

interface PrimaryVerbProps {
  known: KnownDatapoint
  onLabel: (categoryName: string) => Promise<void>
}

/** The one thing that follows from a disagreement or a missing label, and whether the next comes by itself. */
export function PrimaryVerb({ known, onLabel }: PrimaryVerbProps) {
  const { modelId, goOn } = useHost()
  const isAdvancing = useReviewChoice((choice) => choice.isAdvancing)
  const suggestion = suggestionFor(known, modelId)
  return (
    <div className={css.primary}>
      {goOn && (
        <label title="After a label is set, open the next of the list (N)">
          <input type="checkbox" checked={isAdvancing} onChange={toggleAdvancing} />
          then next <kbd>N</kbd>
        </label>
      )}
      {suggestion && (
        <Button
          variant="solid"
          size="md"
          onClick={() => orTell(onLabel(suggestion))}
          data-testid="accept-inference"
        >
          <span>Set label to {suggestion}</span> <kbd>A</kbd>
        </Button>
      )}
    </div>
  )
}

/** The keys of the verbs, wherever a datapoint is shown. */
export function pressVerb(key: string, { map }: { map: { canEdit: boolean } }): (() => void) | undefined {
  if (!map.canEdit) return undefined
  const button = document.querySelector<HTMLElement>('[data-testid="accept-inference"]')
  if (key === 'a') return button ? () => button.click() : undefined
  return key === 'n' ? toggleAdvancing : undefined
}
