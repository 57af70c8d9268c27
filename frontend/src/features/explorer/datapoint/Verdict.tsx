import { Button } from '@chakra-ui/react'

import { toast } from '@/components/toast'

import { AGREEMENT } from '../data/points'
import { AgreementWord } from '../parts/AgreementWord'
import { Swatch } from '../parts/Swatch'
import { useEdits } from '../selection/useEdits'
import { useExplorer } from '../state/context'
import css from './datapoint.module.css'
import type { KnownDatapoint } from './DatapointTab'
import { inferenceShown } from './inferenceShown'
import { useCategoryColour } from './useCategoryColour'

/** Label against inference, and the one verb that follows from a disagreement. */
export function Verdict({ known, point }: { known: KnownDatapoint; point: number }) {
  const { session } = useExplorer()
  const edits = useEdits()
  const colourOf = useCategoryColour()
  const { canEdit } = session.map
  const inference = inferenceShown(known, session.map, session.points.dataset[point])
  const agreement = session.points.agreement[point]
  const isWrong = agreement === AGREEMENT.disagree
  const wasCorrected = known.loggedLabel && known.loggedLabel.id !== known.label?.id
  const suggestion = isWrong || agreement === AGREEMENT.noLabel ? inference?.category?.name : undefined

  function accept(name: string) {
    edits
      .label(Uint32Array.of(point), name)
      .catch((error: Error) => toast({ text: error.message, tone: 'failed' }))
  }
  return (
    <section className={css.verdict} aria-label="Label and inference">
      <div className={css.card}>
        <div className={css.cardHead}>
          Label
          {wasCorrected && <small>logged as {known.loggedLabel!.name}</small>}
        </div>
        <div className={css.cardBody}>
          <Swatch colour={colourOf(known.label?.id)} isRing={!known.label} />
          <strong>{known.label?.name ?? 'No label'}</strong>
          {canEdit && (
            <Button size="xs" onClick={() => session.view.setState({ dialog: 'label' })}>
              Change <kbd>E</kbd>
            </Button>
          )}
        </div>
      </div>
      {inference && (
        <div className={css.card} data-wrong={isWrong || undefined}>
          <div className={css.cardHead}>
            Inference, {inference.inferenceSet.trainedModel.modelArchitecture.name}{' '}
            {inference.inferenceSet.trainedModel.version}
            <AgreementWord agreement={agreement} />
          </div>
          <div className={css.cardBody}>
            <Swatch colour={colourOf(inference.category?.id)} isRing={!inference.category} />
            <strong>{inference.category?.name ?? 'None'}</strong>
            {typeof inference.confidence === 'number' && (
              <span className={css.sure}>
                confidence <b>{inference.confidence.toFixed(2)}</b>
              </span>
            )}
          </div>
        </div>
      )}
      {canEdit && suggestion && (
        <Button variant="solid" size="md" onClick={() => accept(suggestion)} data-testid="accept-inference">
          Set label to {suggestion}
        </Button>
      )}
    </section>
  )
}
