import { IconButton, Menu, Portal } from '@chakra-ui/react'
import { Monitor, Moon, Sun } from 'lucide-react'

import { type ThemeChoice, useTheme } from '@/theme/useTheme'

const choices = [
  { value: 'system', text: 'As the system', icon: Monitor },
  { value: 'light', text: 'Light', icon: Sun },
  { value: 'dark', text: 'Dark', icon: Moon },
] as const

export function ThemeMenu() {
  const { theme, choice, setChoice } = useTheme()
  return (
    <Menu.Root positioning={{ placement: 'bottom-end' }}>
      <Menu.Trigger asChild>
        <IconButton variant="ghost" px="0" aria-label="Theme">
          {theme === 'dark' ? <Sun /> : <Moon />}
        </IconButton>
      </Menu.Trigger>
      <Portal>
        <Menu.Positioner>
          <Menu.Content>
            <Menu.RadioItemGroup
              value={choice}
              onValueChange={({ value }) => setChoice(value as ThemeChoice)}
            >
              {choices.map(({ value, text, icon: Icon }) => (
                <Menu.RadioItem key={value} value={value}>
                  <Icon />
                  {text}
                  <Menu.ItemIndicator />
                </Menu.RadioItem>
              ))}
            </Menu.RadioItemGroup>
          </Menu.Content>
        </Menu.Positioner>
      </Portal>
    </Menu.Root>
  )
}
