import { Flex } from '@chakra-ui/react'

interface AvatarProps {
  name: string
  isMe?: boolean
  size?: number
}

export function Avatar({ name, isMe = false, size = 24 }: AvatarProps) {
  return (
    <Flex
      flexShrink={0}
      align="center"
      justify="center"
      boxSize={`${size}px`}
      borderRadius="full"
      borderWidth="1px"
      borderColor={isMe ? 'accentBorder' : 'borderStrong'}
      bg={isMe ? 'accentBg' : 'sunk'}
      color={isMe ? 'accentText' : 'text2'}
      fontSize="10px"
      fontWeight={600}
      title={name}
      aria-hidden="true"
    >
      {initials(name)}
    </Flex>
  )
}

function initials(name: string): string {
  const parts = name.split(/[\s._-]+/).filter(Boolean)
  const letters = parts.length > 1 ? parts[0][0] + parts[1][0] : name.slice(0, 2)
  return letters.toUpperCase()
}
