import { NativeSelect } from '@chakra-ui/react'

import { FormField } from '@/components/FormField'
import type { DatapointRole } from '@/gql/graphql'

interface RoleChoiceProps {
  role: DatapointRole | null
  onChange: (role: DatapointRole | null) => void
  error?: string
}

const both = 'BOTH'

/** Which datapoints go on the map, where the chosen embeddings are of both. */
export function RoleChoice({ role, onChange, error }: RoleChoiceProps) {
  return (
    <FormField
      label="On the map"
      hint="Contexts are whole resources, objects the boxes in them."
      error={error}
    >
      <NativeSelect.Root>
        <NativeSelect.Field
          value={role ?? both}
          onChange={(event) =>
            onChange(event.target.value === both ? null : (event.target.value as DatapointRole))
          }
        >
          <option value={both}>contexts and objects</option>
          <option value="CONTEXT">contexts alone</option>
          <option value="OBJECT">objects alone</option>
        </NativeSelect.Field>
        <NativeSelect.Indicator />
      </NativeSelect.Root>
    </FormField>
  )
}
