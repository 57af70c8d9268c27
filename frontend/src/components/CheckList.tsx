import { chakra, Flex, Text } from '@chakra-ui/react'

interface CheckListProps {
  legend: string
  maxHeight: string
  items: readonly { id: string; name: string; note?: string; aside: string }[]
  chosen: readonly string[]
  onToggle: (id: string) => void
}

/** Any number of things to choose from, each with a box to check. */
export function CheckList({ legend, maxHeight, items, chosen, onToggle }: CheckListProps) {
  return (
    <chakra.fieldset>
      <chakra.legend textStyle="dense" fontWeight={500} mb="6px">
        {legend}
      </chakra.legend>
      <Flex
        direction="column"
        maxH={maxHeight}
        overflowY="auto"
        borderWidth="1px"
        borderColor="borderStrong"
        borderRadius="control"
      >
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
      </Flex>
    </chakra.fieldset>
  )
}
