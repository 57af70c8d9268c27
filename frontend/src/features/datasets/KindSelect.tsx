import { Box, NativeSelect } from '@chakra-ui/react'

import { useAction } from '@/api/action'
import { announce } from '@/api/news'
import { canEdit, type ProjectInfo } from '@/api/project'
import { BareField } from '@/components/BareField'
import { Chip } from '@/components/Chip'
import type { DatasetKind } from '@/gql/graphql'

import { kinds } from './kinds'
import { ChangeDatasetKind } from './writes'

interface KindSelectProps {
  project: ProjectInfo
  dataset: { id: string; editVersion: number; name: string; kind: DatasetKind }
}

/** What kind of dataset it is, to be changed by those who may. */
export function KindSelect({ project, dataset }: KindSelectProps) {
  const change = useAction(ChangeDatasetKind)
  if (!canEdit(project)) return <Chip>{dataset.kind.toLowerCase()}</Chip>

  async function choose(kind: DatasetKind) {
    await change.run({ input: { id: dataset.id, kind, expectedVersion: dataset.editVersion } })
    announce(project.id)
  }
  return (
    <Box w="120px">
      <BareField errors={change.errors}>
        <NativeSelect.Root size="sm" disabled={change.isPending}>
          <NativeSelect.Field
            aria-label={`Kind of ${dataset.name}`}
            value={dataset.kind}
            onChange={(event) => void choose(event.target.value as DatasetKind)}
          >
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {kind.toLowerCase()}
              </option>
            ))}
          </NativeSelect.Field>
          <NativeSelect.Indicator />
        </NativeSelect.Root>
      </BareField>
    </Box>
  )
}
