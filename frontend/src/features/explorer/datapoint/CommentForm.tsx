import { Button, Input } from '@chakra-ui/react'
import { type FormEvent, useState } from 'react'

import { useAction } from '@/api/action'
import { BareField } from '@/components/BareField'

import css from './history.module.css'
import { AddComment } from './documents'

export function CommentForm({ datapointId, onAdded }: { datapointId: string; onAdded: () => void }) {
  const [text, setText] = useState('')
  const { run, isPending, errors } = useAction(AddComment)

  async function add(event: FormEvent) {
    event.preventDefault()
    const added = await run({ input: { datapointId, text: text.trim() } })
    if (!added) return
    setText('')
    onAdded()
  }
  return (
    <form className={css.commentForm} onSubmit={(event) => void add(event)}>
      <BareField errors={errors}>
        <Input
          size="sm"
          value={text}
          placeholder="Add a comment"
          aria-label="Add a comment"
          onChange={(event) => setText(event.target.value)}
        />
      </BareField>
      {text.trim() !== '' && (
        <Button type="submit" loading={isPending}>
          Add
        </Button>
      )}
    </form>
  )
}
