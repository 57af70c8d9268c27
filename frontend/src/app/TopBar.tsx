import { Box, chakra, Flex } from '@chakra-ui/react'
import { Link } from '@tanstack/react-router'

import { Logo } from '@/components/Logo'
import { topBarSlots } from '@/components/TopBarSlot'

import { AccountMenu } from './AccountMenu'
import { HelpMenu } from './HelpMenu'
import { SocketStatus } from './SocketStatus'
import { ThemeMenu } from './ThemeMenu'

export function TopBar() {
  return (
    <chakra.header
      display="flex"
      alignItems="center"
      flexShrink={0}
      h="44px"
      px="12px"
      gap="12px"
      bg="panel"
      borderBottomWidth="1px"
      borderColor="border"
      color="text2"
    >
      <Link to="/" aria-label="All projects" style={{ borderRadius: 4 }}>
        <Logo />
      </Link>
      <Flex id={topBarSlots.content} flex={1} minW={0} align="center" />
      <SocketStatus />
      <Box id={topBarSlots.status} display="contents" />
      <Flex gap="4px" align="center">
        <ThemeMenu />
        <HelpMenu />
        <AccountMenu />
      </Flex>
    </chakra.header>
  )
}
