import { create } from 'zustand'

export interface Toast {
  id: number
  text: string
  undo?: () => void
  tone: 'done' | 'failed'
}

const newest = 3

export const useToasts = create<{ toasts: Toast[] }>(() => ({ toasts: [] }))

let lastId = 0

/** Says what was just done, with at most one verb to take it back. */
export function toast({
  text,
  undo,
  tone = 'done',
}: {
  text: string
  undo?: () => void
  tone?: Toast['tone']
}) {
  lastId += 1
  const added: Toast = { id: lastId, text, undo, tone }
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts, added].slice(-newest) }))
}

export function dismissToast(id: number) {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((each) => each.id !== id) }))
}
