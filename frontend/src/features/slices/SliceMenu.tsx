import { Snowflake, Text as TextIcon } from 'lucide-react'
import { useState } from 'react'

import type { ProjectInfo } from '@/api/project'
import { EntityMenu } from '@/components/EntityMenu'
import { countOf } from '@/components/format'
import type { SliceRowFragment } from '@/gql/graphql'

import { DescribeDialog } from './DescribeDialog'
import { FreezeDialog } from './FreezeDialog'
import { DeleteSlice, RenameSlice } from './writes'

interface SliceMenuProps {
  project: ProjectInfo
  slice: SliceRowFragment
  onDeleted?: () => void
}

export function SliceMenu({ project, slice, onDeleted }: SliceMenuProps) {
  const [open, setOpen] = useState<'describe' | 'freeze' | null>(null)
  const { id, editVersion, name, datapointCount, isFrozen } = slice
  const dialog = { project, slice, onClose: () => setOpen(null) }
  return (
    <>
      <EntityMenu
        project={project}
        noun="slice"
        name={name}
        actions={[
          { text: 'Describe', icon: TextIcon, run: () => setOpen('describe') },
          ...(isFrozen ? [] : [{ text: 'Freeze', icon: Snowflake, run: () => setOpen('freeze') }]),
        ]}
        rename={{
          mutation: RenameSlice,
          input: (next) => ({ id, name: next, expectedVersion: editVersion }),
        }}
        remove={{
          mutation: DeleteSlice,
          input: { id },
          consequences: `The saved selection of ${countOf(datapointCount, 'datapoint')} is deleted. The datapoints stay; models trained on it are said to be trained on nothing known.`,
          onDone: onDeleted,
        }}
      />
      {open === 'describe' && <DescribeDialog {...dialog} />}
      {open === 'freeze' && <FreezeDialog {...dialog} />}
    </>
  )
}
