import { Box, Flex, Text } from '@chakra-ui/react'
import { PencilLine, Tag, Trash2 } from 'lucide-react'
import { useState } from 'react'

import { useAction } from '@/api/action'
import { announce } from '@/api/news'
import { canEdit, type ProjectInfo } from '@/api/project'
import { DeleteDialog } from '@/components/DeleteDialog'
import { countOf, formatCount } from '@/components/format'
import { NameDialog } from '@/components/NameDialog'
import { RowMenu } from '@/components/RowMenu'

import { DeleteTag, RenameTag } from './documents'

interface TagRowProps {
  project: ProjectInfo
  tag: { id: string; name: string; datapointCount: number }
  largest: number
}

export function TagRow({ project, tag, largest }: TagRowProps) {
  const [open, setOpen] = useState<'rename' | 'delete' | null>(null)
  const rename = useAction(RenameTag)
  const remove = useAction(DeleteTag)

  async function submitName(name: string) {
    if (await rename.run({ input: { id: tag.id, name } })) done()
  }
  async function confirmDelete() {
    if (await remove.run({ input: { id: tag.id } })) done()
  }
  function done() {
    setOpen(null)
    announce(project.id)
  }
  return (
    <Flex align="center" gap="8px" minH="30px" textStyle="dense" data-testid="tag-row">
      <Tag size={14} strokeWidth={1.5} style={{ flexShrink: 0 }} aria-hidden="true" />
      <Text flex="0 1 96px" minW="72px" truncate>
        {tag.name}
      </Text>
      <Box flex={1} h="6px" borderRadius="swatch" bg="barGhost" overflow="hidden" aria-hidden="true">
        <Box h="full" bg="bar" style={{ width: `${(100 * tag.datapointCount) / largest}%` }} />
      </Box>
      <Text minW="44px" textAlign="end">
        {formatCount(tag.datapointCount)}
      </Text>
      {canEdit(project) && (
        <RowMenu
          label={`Actions for tag ${tag.name}`}
          actions={[
            { text: 'Rename', icon: PencilLine, run: () => setOpen('rename') },
            { text: 'Delete', icon: Trash2, isDanger: true, run: () => setOpen('delete') },
          ]}
        />
      )}
      {open === 'rename' && (
        <NameDialog
          title="Rename tag"
          verb="Rename"
          initial={tag.name}
          isPending={rename.isPending}
          errors={rename.errors}
          onSubmit={submitName}
          onClose={() => setOpen(null)}
        />
      )}
      {open === 'delete' && (
        <DeleteDialog
          noun="tag"
          name={tag.name}
          isPending={remove.isPending}
          errors={remove.errors}
          onConfirm={confirmDelete}
          onClose={() => setOpen(null)}
        >
          It is taken off {countOf(tag.datapointCount, 'datapoint')}. The datapoints stay.
        </DeleteDialog>
      )}
    </Flex>
  )
}
