import { create } from 'zustand'

import type { BoxChoice } from './boxes'

/** Which boxes this person wants to see, on every image alike. */
export const useBoxChoice = create<BoxChoice>(() => ({ labels: true, inferences: true, confidence: 0 }))
