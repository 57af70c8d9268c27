import { useExplorer, useView } from '../state/context'
import css from './rail.module.css'

/** Whose inferences the map shows; a choice where several models made some. */
export function ModelChoice() {
  const { session, refresh } = useExplorer()
  useView((view) => view.pointsVersion)
  const { models, model } = session.map
  if (models.length < 2) return model?.name ?? null

  function choose(modelId: string) {
    session.view.setState({ modelId })
    refresh().catch(() => undefined)
  }
  return (
    <select
      className={css.modelChoice}
      aria-label="Model"
      title="Whose inferences are shown"
      value={model?.id}
      onChange={(event) => choose(event.target.value)}
      data-testid="model-choice"
    >
      {models.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  )
}
