import type { DatasetKind } from '@/gql/graphql'

export const kinds: readonly DatasetKind[] = ['TRAINING', 'TEST', 'VALIDATION', 'PRODUCTION', 'OTHER']
