import { Button } from '@chakra-ui/react'
import { ArrowRight } from 'lucide-react'

import { AGREEMENT } from '../data/points'
import { AgreementWord } from '../parts/AgreementWord'
import { Swatch } from '../parts/Swatch'
import css from './datapoint.module.css'
import { useHost } from './host'
import { agreementBetween, inferencesOf, type KnownDatapoint, type KnownInference, modelName } from './known'

/** Label against inference; the inferences of further models beneath. */
export function Verdict({ known }: { known: KnownDatapoint }) {
  const host = useHost()
  const [main, ...others] = inferencesOf(known, host.modelId)
  return (
    <section className={css.verdict} aria-label="Label and inference">
      <LabelCard known={known} />
      {main && (
        <>
          <ArrowRight className={css.against} size={16} strokeWidth={1.5} aria-hidden="true" />
          <InferenceCard inference={main} agreement={agreementBetween(known, main)} />
        </>
      )}
      {others.length > 0 && (
        <ul className={css.otherModels} aria-label="Inferences of other models">
          {others.map((inference) => (
            <li key={inference.inferenceSet.id}>
              <span>{modelName(inference.inferenceSet.trainedModel)}</span>
              <Swatch colour={host.colourOf(inference.category?.id)} isRing={!inference.category} />
              <b>{inference.category?.name ?? 'None'}</b>
              {typeof inference.confidence === 'number' && inference.confidence.toFixed(2)}
              <AgreementWord agreement={agreementBetween(known, inference)} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function LabelCard({ known }: { known: KnownDatapoint }) {
  const host = useHost()
  const wasCorrected = known.loggedLabel && known.loggedLabel.id !== known.label?.id
  return (
    <div className={css.card}>
      <div className={css.cardHead}>
        Label
        {wasCorrected && <small>logged as {known.loggedLabel!.name}</small>}
      </div>
      <div className={css.cardBody}>
        <Swatch colour={host.colourOf(known.label?.id)} isRing={!known.label} />
        <strong title={known.label?.name}>{known.label?.name ?? 'No label'}</strong>
        {host.canEdit && (
          <Button size="xs" onClick={() => host.ask('label')}>
            Change <kbd>E</kbd>
          </Button>
        )}
      </div>
    </div>
  )
}

function InferenceCard({ inference, agreement }: { inference: KnownInference; agreement: number }) {
  const host = useHost()
  return (
    <div className={css.card} data-wrong={agreement === AGREEMENT.disagree || undefined}>
      <div className={css.cardHead}>
        <span className={css.modelName}>Inference, {modelName(inference.inferenceSet.trainedModel)}</span>
        <AgreementWord agreement={agreement} />
      </div>
      <div className={css.cardBody}>
        <Swatch colour={host.colourOf(inference.category?.id)} isRing={!inference.category} />
        <strong title={inference.category?.name}>{inference.category?.name ?? 'None'}</strong>
        {typeof inference.confidence === 'number' && (
          <span className={css.sure}>
            confidence <b>{inference.confidence.toFixed(2)}</b>
          </span>
        )}
      </div>
    </div>
  )
}
