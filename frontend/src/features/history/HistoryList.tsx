import { Flex, Text } from '@chakra-ui/react'

import { Avatar } from '@/components/Avatar'
import { formatAgo } from '@/components/format'
import { useNow } from '@/components/useNow'
import type { HistoryEntryFragment } from '@/gql/graphql'

import { sentence } from './sentence'

/** Stands for what happened without a person. */
const system = 'Chroma'

/** Who did what, newest first. */
export function HistoryList({
  entries,
  isBrief = false,
}: {
  entries: HistoryEntryFragment[]
  isBrief?: boolean
}) {
  const now = useNow()
  return (
    <Flex as="ol" direction="column" listStyleType="none">
      {entries.map((entry) => (
        <Flex
          as="li"
          key={entry.id}
          gap="8px"
          py="5px"
          textStyle="dense"
          align="flex-start"
          data-testid="history-entry"
        >
          <Avatar name={entry.actorName || system} />
          <Text flex={1} pt="4px" color="text2" wordBreak="break-word">
            <Text as="span" color="text" fontWeight={500}>
              {entry.actorName || system}
            </Text>{' '}
            {sentence(entry).map((part, index) =>
              part.isName ? (
                <Text as="span" key={index} color="text" fontWeight={500}>
                  {part.text}
                </Text>
              ) : (
                part.text
              ),
            )}
            {entry.tokenPrefix && !isBrief && ` with token ${entry.tokenPrefix}…`}
          </Text>
          <Text pt="4px" color="text3" whiteSpace="nowrap" title={new Date(entry.at).toLocaleString()}>
            {formatAgo(entry.at, now)}
          </Text>
        </Flex>
      ))}
    </Flex>
  )
}
