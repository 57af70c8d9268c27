import { chakra, IconButton, Kbd } from '@chakra-ui/react'
import { Search } from 'lucide-react'
import { useEffect, useState } from 'react'

import type { ProjectInfo } from '@/api/project'

import { FinderDialog } from './FinderDialog'

interface FinderProps {
  project: ProjectInfo
  /** A button alone, where the top bar is full. */
  isCompact?: boolean
}

/** The search field of the top bar; Ctrl or Cmd and K open it from anywhere in the project. */
export function Finder({ project, isCompact = false }: FinderProps) {
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    function listen(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      setOpen(true)
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
  return (
    <>
      {isCompact ? (
        <IconButton
          variant="ghost"
          aria-label="Find in this project"
          title="Find in this project (Ctrl K)"
          onClick={() => setOpen(true)}
        >
          <Search />
        </IconButton>
      ) : (
        <FinderField onOpen={() => setOpen(true)} />
      )}
      {isOpen && <FinderDialog project={project} onClose={() => setOpen(false)} />}
    </>
  )
}

function FinderField({ onOpen }: { onOpen: () => void }) {
  return (
    <chakra.button
      type="button"
      display="flex"
      alignItems="center"
      gap="8px"
      h="28px"
      w="340px"
      maxW="100%"
      px="8px"
      ms="24px"
      bg="sunk"
      borderWidth="1px"
      borderColor="border"
      borderRadius="control"
      textStyle="dense"
      color="text3"
      cursor="text"
      _hover={{ borderColor: 'borderStrong' }}
      onClick={onOpen}
    >
      <Search size={14} strokeWidth={1.5} aria-hidden="true" />
      <chakra.span truncate>Find datapoints, maps, slices, tags</chakra.span>
      <Kbd ms="auto" size="sm" bg="panel" color="text2" wordSpacing="normal">
        Ctrl K
      </Kbd>
    </chakra.button>
  )
}
