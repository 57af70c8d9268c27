import { create } from 'zustand'

import type { Theme } from './tokens'

export type ThemeChoice = 'system' | Theme

interface ThemeState {
  theme: Theme
  choice: ThemeChoice
  setChoice: (choice: ThemeChoice) => void
}

const storageKey = 'chroma.theme' // also read by public/theme.js, before this code is loaded
const prefersDark = window.matchMedia('(prefers-color-scheme: dark)')

export const useTheme = create<ThemeState>((set) => {
  const choice = storedChoice()
  return {
    choice,
    theme: resolve(choice),
    setChoice(next) {
      localStorage.setItem(storageKey, next)
      set({ choice: next, theme: show(resolve(next)) })
    },
  }
})

prefersDark.addEventListener('change', () => {
  const { choice } = useTheme.getState()
  useTheme.setState({ theme: show(resolve(choice)) })
})

function storedChoice(): ThemeChoice {
  const stored = localStorage.getItem(storageKey)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

function resolve(choice: ThemeChoice): Theme {
  if (choice !== 'system') return choice
  return prefersDark.matches ? 'dark' : 'light'
}

function show(theme: Theme): Theme {
  const root = document.documentElement
  root.classList.remove('light', 'dark')
  root.classList.add(theme)
  root.style.colorScheme = theme
  return theme
}
