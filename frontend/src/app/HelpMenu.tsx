import { IconButton, Popover, Portal, Text } from '@chakra-ui/react'
import { CircleQuestionMark } from 'lucide-react'

const words = [
  ['Datapoint', 'one item: an image or a text, with its label, inferences and metadata'],
  ['Map', 'the embeddings of one or more datasets, projected to two dimensions'],
  ['Tag', 'a short name put on datapoints, alone or many at once'],
  ['Job', 'slow work on the server; closing the page does not stop it'],
] as const

export function HelpMenu() {
  return (
    <Popover.Root positioning={{ placement: 'bottom-end' }}>
      <Popover.Trigger asChild>
        <IconButton variant="ghost" px="0" aria-label="Help">
          <CircleQuestionMark />
        </IconButton>
      </Popover.Trigger>
      <Portal>
        <Popover.Positioner>
          <Popover.Content w="320px">
            <Popover.Body display="flex" flexDirection="column" gap="8px">
              {words.map(([word, meaning]) => (
                <Text key={word} color="text2">
                  <Text as="span" color="text" fontWeight={500}>
                    {word}:
                  </Text>{' '}
                  {meaning}.
                </Text>
              ))}
            </Popover.Body>
          </Popover.Content>
        </Popover.Positioner>
      </Portal>
    </Popover.Root>
  )
}
