import { Input } from '@chakra-ui/react'
import { type KeyboardEvent, type ReactNode, useState } from 'react'

import { BareField } from '@/components/BareField'
import { FormDialog } from '@/components/FormDialog'

import css from './pick.module.css'

export interface PickOption {
  id: string
  name: string
  mark?: ReactNode
  detail?: ReactNode
}

const MOST_OPTIONS = 100

interface PickDialogProps {
  title: string
  verb: string
  placeholder: string
  options: readonly PickOption[]
  /** What typing a new name means, as in "new tag"; without it only what is listed can be chosen. */
  newLabel?: string
  onPick: (name: string, id: string | null) => Promise<void>
  onClose: () => void
}

/** Choose one of the names by typing, arrows or a click; or a new one. */
export function PickDialog({
  title,
  verb,
  placeholder,
  options,
  newLabel,
  onPick,
  onClose,
}: PickDialogProps) {
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const typed = text.trim()
  const wanted = typed.toLowerCase()
  // Lists of thousands are searched, not scrolled.
  const matching = options.filter(({ name }) => name.toLowerCase().includes(wanted)).slice(0, MOST_OPTIONS)
  const isNew = newLabel !== undefined && typed !== '' && !options.some(({ name }) => name === typed)
  const choices: PickOption[] = isNew ? [...matching, { id: '', name: typed, detail: newLabel }] : matching
  const chosen = choices[Math.min(active, choices.length - 1)]

  async function pick(option: PickOption) {
    setPending(true)
    setError(null)
    try {
      await onPick(option.name, option.id || null)
      onClose()
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : String(failure))
      setPending(false)
    }
  }
  function move(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    setActive(Math.min(choices.length - 1, Math.max(0, active + step)))
  }

  return (
    <FormDialog
      title={title}
      verb={verb}
      size="sm"
      isPending={isPending}
      isReady={chosen !== undefined}
      onSubmit={() => void pick(chosen)}
      onClose={onClose}
    >
      <BareField errors={error ? [{ code: 'REFUSED', message: error }] : []}>
        <Input
          autoFocus
          value={text}
          placeholder={placeholder}
          aria-label={placeholder}
          role="combobox"
          aria-expanded
          aria-controls="pick-options"
          aria-activedescendant={chosen && `pick-${chosen.id}`}
          onKeyDown={move}
          onChange={(event) => {
            setText(event.target.value)
            setActive(0)
          }}
          data-testid="pick-input"
        />
      </BareField>
      <ul id="pick-options" role="listbox" aria-label={placeholder} className={css.options}>
        {choices.map((option) => (
          <li
            key={option.id}
            id={`pick-${option.id}`}
            role="option"
            aria-selected={option === chosen}
            className={css.option}
            ref={(element) => {
              if (option === chosen) element?.scrollIntoView?.({ block: 'nearest' })
            }}
            onClick={() => !isPending && void pick(option)}
          >
            {option.mark}
            <span>{option.name}</span>
            <small>{option.detail}</small>
          </li>
        ))}
      </ul>
    </FormDialog>
  )
}
