import { Text } from '@chakra-ui/react'

import { useAction } from '@/api/action'
import { announce } from '@/api/news'
import { FormDialog } from '@/components/FormDialog'
import { countOf } from '@/components/format'

import type { SliceDialogProps } from './DescribeDialog'
import { FreezeSlice } from './writes'

/** A rule follows the data; frozen, the slice keeps what it holds now. */
export function FreezeDialog({ project, slice, onClose }: SliceDialogProps) {
  const freeze = useAction(FreezeSlice)

  async function submit() {
    if (!(await freeze.run({ input: { id: slice.id, expectedVersion: slice.editVersion } }))) return
    announce(project.id)
    onClose()
  }
  return (
    <FormDialog
      title={`Freeze slice ${slice.name}?`}
      verb="Freeze"
      size="sm"
      isPending={freeze.isPending}
      errors={freeze.errors}
      onSubmit={submit}
      onClose={onClose}
    >
      <Text color="text2">
        It keeps the {countOf(slice.datapointCount, 'datapoint')} that its rule finds now, whatever is logged
        or tagged later. The rule itself is given up.
      </Text>
    </FormDialog>
  )
}
