import { Flex } from '@chakra-ui/react'
import { Unplug } from 'lucide-react'

import { useSocket } from '@/api/socket'

/** Says so when news does not arrive; says nothing while all is well. */
export function SocketStatus() {
  const status = useSocket((state) => state.status)
  if (status !== 'reconnecting') return null
  return (
    <Flex
      role="status"
      align="center"
      gap="6px"
      h="24px"
      px="8px"
      borderRadius="full"
      bg="warningBg"
      color="warning"
      textStyle="dense"
      fontWeight={500}
    >
      <Unplug size={14} strokeWidth={1.5} aria-hidden="true" />
      Reconnecting
    </Flex>
  )
}
