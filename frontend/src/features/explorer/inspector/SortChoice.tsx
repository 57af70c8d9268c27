import { ArrowDownUp, ChevronDown } from 'lucide-react'

import { useExplorer, useView } from '../state/context'
import { FieldOptions } from '../state/FieldOptions'
import { disagreeFirst, firstOrder } from '../state/listOrder'
import css from './inspector.module.css'

const usual = { disagree: 'Disagree first', logged: 'As logged', similar: 'Nearest first' }

/** By what the list is sorted, and which end comes first. */
export function SortChoice() {
  const { session } = useExplorer()
  const order = useView((view) => view.order)
  const info = session.fields.info(order.by)
  const hasDistances = useView((view) => view.similar !== null)
  const title = info?.title ?? usual[order.by as keyof typeof usual] ?? usual.disagree

  function choose(by: string) {
    const chosen = session.fields.info(by)
    const next = chosen ? firstOrder(chosen) : { ...disagreeFirst, by }
    session.view.setState({ order: next })
  }
  return (
    <span className={css.sortGroup}>
      <label className={css.sort}>
        Sort <b>{title}</b>
        <ChevronDown size={14} strokeWidth={1.5} aria-hidden="true" />
        <select value={order.by} aria-label="Sort by" onChange={(event) => choose(event.target.value)}>
          {hasDistances && <option value="similar">{usual.similar}</option>}
          <option value="disagree">{usual.disagree}</option>
          <option value="logged">{usual.logged}</option>
          <FieldOptions />
        </select>
      </label>
      {order.by !== 'disagree' && (
        <button
          type="button"
          className={css.turn}
          title="The other way round"
          aria-label={`${order.descending ? 'Descending' : 'Ascending'}: turn round`}
          onClick={() => session.view.setState({ order: { ...order, descending: !order.descending } })}
        >
          <ArrowDownUp size={14} strokeWidth={1.5} aria-hidden="true" />
        </button>
      )}
    </span>
  )
}
