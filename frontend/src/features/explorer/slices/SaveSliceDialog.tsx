import { Input } from '@chakra-ui/react'
import { useEffect, useState } from 'react'

import { useAction } from '@/api/action'
import { fieldError, otherErrors } from '@/api/errors'
import { countOf, formatCount } from '@/components/format'
import { FormDialog } from '@/components/FormDialog'
import { FormField } from '@/components/FormField'
import { toast } from '@/components/toast'

import { postSelection } from '../selection/postSelection'
import { postQuestion } from '../selection/serverRows'
import { useExplorer } from '../state/context'
import { type Rule, toRule } from '../state/rule'
import type { Session } from '../state/session'
import { CreateExplorerSlice } from './documents'
import css from './slices.module.css'

/** Keeps the selection under a name: as a rule that finds its datapoints anew, or as exactly these. */
export function SaveSliceDialog({ onClose }: { onClose: () => void }) {
  const { session } = useExplorer()
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const [rule] = useState(() => ruleOfSelection(session))
  const [isFrozen, setFrozen] = useState(rule === null)
  const [failure, setFailure] = useState<string | null>(null)
  const ruleCount = useRuleCount(session.map.projectId, rule)
  const { run, isPending, errors } = useAction(CreateExplorerSlice)
  const selected = session.selection.length

  async function save() {
    setFailure(null)
    try {
      const content =
        isFrozen || !rule
          ? { selectionId: await postSelection(session.map, session.points, session.selection) }
          : { rule }
      const input = { projectId: session.map.projectId, name: name.trim(), description, ...content }
      const saved = await run({ input })
      if (!saved?.slice) return
      session.view.setState({ sliceId: saved.slice.id })
      toast({
        text: `Saved slice ${saved.slice.name} with ${countOf(saved.slice.datapointCount, 'datapoint')}`,
      })
      onClose()
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error))
    }
  }

  return (
    <FormDialog
      title="Save as slice"
      verb="Save slice"
      isPending={isPending}
      isReady={name.trim() !== ''}
      errors={[
        ...otherErrors(errors, ['name', 'description']),
        ...(failure ? [{ code: 'FAILED', message: failure }] : []),
      ]}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <FormField label="Name" error={fieldError(errors, 'name')}>
        <Input autoFocus value={name} onChange={(event) => setName(event.target.value)} />
      </FormField>
      <FormField label="Description (optional)" error={fieldError(errors, 'description')}>
        <Input value={description} onChange={(event) => setDescription(event.target.value)} />
      </FormField>
      <fieldset className={css.kinds}>
        <legend>What it holds</legend>
        <label aria-disabled={rule === null}>
          <input
            type="radio"
            name="slice-kind"
            checked={!isFrozen}
            disabled={rule === null}
            onChange={() => setFrozen(false)}
          />
          <span>
            <b>A rule</b>
            {rule
              ? ` of your filters and lassos, which finds its datapoints anew each time, later ones too. Now ${countText(ruleCount, selected)}.`
              : ' is not possible here: these datapoints were picked by hand, or the filters changed in between.'}
          </span>
        </label>
        <label>
          <input type="radio" name="slice-kind" checked={isFrozen} onChange={() => setFrozen(true)} />
          <span>
            <b>Frozen</b>: exactly these {countOf(selected, 'datapoint')}, whatever is logged or edited later.
          </span>
        </label>
      </fieldset>
    </FormDialog>
  )
}

function ruleOfSelection({ provenance, map }: Session): Rule | null {
  const datasets = map.datasets.map(({ id }) => id)
  return provenance && toRule(provenance, datasets)
}

/** How many datapoints the rule finds now, on this map or not. */
function useRuleCount(projectId: string, rule: Rule | null): number | null {
  const [count, setCount] = useState<number | null>(null)
  useEffect(() => {
    if (!rule) return
    let isOver = false
    postQuestion(projectId, { rule }).then(
      (found) => !isOver && setCount(found.count),
      () => undefined,
    )
    return () => {
      isOver = true
    }
  }, [projectId, rule])
  return count
}

function countText(count: number | null, selected: number): string {
  if (count === null) return 'counting'
  if (count <= selected) return formatCount(count)
  return `${formatCount(count)}, ${formatCount(count - selected)} of them not on this map`
}
