import { chakra, Menu, Portal } from '@chakra-ui/react'
import { useNavigate } from '@tanstack/react-router'
import { LogOut, ShieldCheck, UserRound } from 'lucide-react'

import { useMe } from '@/api/me'
import { signOut } from '@/api/session'
import { Avatar } from '@/components/Avatar'
import { toast } from '@/components/toast'

export function AccountMenu() {
  const { me } = useMe()
  const navigate = useNavigate()
  if (!me) return null

  async function leave() {
    try {
      await signOut()
    } catch {
      toast({ text: 'You are still signed in: the server did not answer.', tone: 'failed' })
    }
  }
  return (
    <Menu.Root positioning={{ placement: 'bottom-end' }}>
      <Menu.Trigger asChild>
        <chakra.button type="button" borderRadius="full" cursor="pointer" ms="4px">
          <Avatar name={me.username} isMe />
          <chakra.span srOnly>Account of {me.username}</chakra.span>
        </chakra.button>
      </Menu.Trigger>
      <Portal>
        <Menu.Positioner>
          <Menu.Content>
            <Menu.ItemGroup>
              <Menu.ItemGroupLabel>Signed in as {me.username}</Menu.ItemGroupLabel>
              <Menu.Item value="account" onClick={() => navigate({ to: '/account' })}>
                <UserRound />
                Account and tokens
              </Menu.Item>
              {me.isStaff && (
                <Menu.Item value="admin" onClick={() => window.location.assign('/admin/')}>
                  <ShieldCheck />
                  Administration
                </Menu.Item>
              )}
            </Menu.ItemGroup>
            <Menu.Separator />
            <Menu.Item value="sign-out" onClick={leave}>
              <LogOut />
              Sign out
            </Menu.Item>
          </Menu.Content>
        </Menu.Positioner>
      </Portal>
    </Menu.Root>
  )
}
