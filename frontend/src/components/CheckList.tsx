import { chakra, Text } from '@chakra-ui/react'

import { ChoiceSet } from './ChoiceSet'

interface CheckListProps {
  legend: string
  maxHeight: string
  error?: string
  items: readonly { id: string; name: string; note?: string; aside: string }[]
  chosen: readonly string[]
  onToggle: (id: string) => void
}

/** Any number of things to choose from, each with a box to check. */
export function CheckList({ items, chosen, onToggle, ...frame }: CheckListProps) {
  return (
    <ChoiceSet {...frame}>
      {items.map(({ id, name, note, aside }) => (
        <chakra.label
          key={id}
          display="flex"
          alignItems="center"
          gap="8px"
          px="10px"
          minH="32px"
          flexShrink={0}
          textStyle="dense"
          cursor="pointer"
          _hover={{ bg: 'hover' }}
        >
          <input type="checkbox" checked={chosen.includes(id)} onChange={() => onToggle(id)} />
          <Text fontWeight={500}>{name}</Text>
          {note && <Text color="text2">{note}</Text>}
          <Text color="text2" ms="auto">
            {aside}
          </Text>
        </chakra.label>
      ))}
    </ChoiceSet>
  )
}
