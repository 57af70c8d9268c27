import { IconButton, Menu, Portal } from '@chakra-ui/react'
import { Ellipsis, type LucideIcon } from 'lucide-react'

export interface RowAction {
  text: string
  icon: LucideIcon
  isDanger?: boolean
  run: () => void
}

/** The verbs of one row or card, behind three dots. */
export function RowMenu({ label, actions }: { label: string; actions: RowAction[] }) {
  if (actions.length === 0) return null
  return (
    <Menu.Root positioning={{ placement: 'bottom-end' }}>
      <Menu.Trigger asChild>
        <IconButton variant="ghost" size="xs" px="0" aria-label={label}>
          <Ellipsis />
        </IconButton>
      </Menu.Trigger>
      <Portal>
        <Menu.Positioner>
          <Menu.Content>
            {actions.map(({ text, icon: Icon, isDanger, run }) => (
              <Menu.Item key={text} value={text} onClick={run} color={isDanger ? 'error' : 'text'}>
                <Icon />
                {text}
              </Menu.Item>
            ))}
          </Menu.Content>
        </Menu.Positioner>
      </Portal>
    </Menu.Root>
  )
}
