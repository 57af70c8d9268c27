import { create } from 'zustand'

const STORAGE_KEY = 'chroma.thenNext'

/** Whether setting a label opens the next datapoint of the list; this browser remembers. */
export const useReviewChoice = create(() => ({ isAdvancing: localStorage.getItem(STORAGE_KEY) === 'yes' }))

export function toggleAdvancing(): void {
  const isAdvancing = !useReviewChoice.getState().isAdvancing
  localStorage.setItem(STORAGE_KEY, isAdvancing ? 'yes' : 'no')
  useReviewChoice.setState({ isAdvancing })
}
