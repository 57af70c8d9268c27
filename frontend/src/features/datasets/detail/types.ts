import type { DatasetDetailQuery, ModelNameFragment } from '@/gql/graphql'

export type DatasetInFull = NonNullable<DatasetDetailQuery['dataset']>

export function modelName({ version, modelArchitecture }: ModelNameFragment): string {
  return `${modelArchitecture.name} ${version}`
}
