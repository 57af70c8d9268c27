import type { ImportState } from '@/gql/graphql'

export const stateWords: Record<ImportState, string> = {
  UPLOADING: 'Uploading',
  INSPECTING: 'Being looked at',
  READY: 'Ready to map',
  RUNNING: 'Importing',
  DONE: 'Imported',
  FAILED: 'Failed',
}

export const stateTones = {
  UPLOADING: 'neutral',
  INSPECTING: 'accent',
  READY: 'warning',
  RUNNING: 'accent',
  DONE: 'ok',
  FAILED: 'error',
} as const
