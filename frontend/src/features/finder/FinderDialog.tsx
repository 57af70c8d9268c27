import { chakra, Input, Text } from '@chakra-ui/react'
import { useNavigate } from '@tanstack/react-router'
import { Box, LayoutGrid, Map as MapIcon, Tag } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { useQuery } from 'urql'

import type { ProjectInfo } from '@/api/project'
import { DialogFrame } from '@/components/FormDialog'

import { FinderNames } from './documents'
import { type Finding, findingsOf, matching } from './findings'

const icons = { map: MapIcon, dataset: LayoutGrid, model: Box, tag: Tag }
const tabs = { dataset: 'datasets', model: 'models', tag: 'tags' } as const
const listId = 'findings'

export function FinderDialog({ project, onClose }: { project: ProjectInfo; onClose: () => void }) {
  const [text, setText] = useState('')
  const [current, setCurrent] = useState(0)
  const navigate = useNavigate()
  const [{ data }] = useQuery({
    query: FinderNames,
    variables: { projectId: project.id },
    requestPolicy: 'cache-and-network',
  })
  const found = data ? matching(findingsOf(data), text) : []

  async function open({ kind, id }: Finding) {
    onClose()
    const params = { namespace: project.namespace, project: project.name }
    if (kind === 'map') {
      await navigate({ to: '/projects/$namespace/$project/maps/$mapId', params: { ...params, mapId: id } })
    } else {
      await navigate({ to: `/projects/$namespace/$project/${tabs[kind]}`, params })
    }
  }
  function steer(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) {
      event.preventDefault()
      setCurrent(Math.min(Math.max(0, current + step), found.length - 1))
    } else if (event.key === 'Enter' && found[current]) {
      event.preventDefault()
      void open(found[current])
    }
  }
  return (
    <DialogFrame size="md" onClose={onClose}>
      <Input
        role="combobox"
        aria-label="Find in this project"
        aria-controls={listId}
        aria-expanded
        aria-activedescendant={found[current] ? `${listId}-${current}` : undefined}
        placeholder="Find datasets, maps, models, tags"
        border="none"
        h="44px"
        _focusVisible={{ outline: 'none', boxShadow: 'none' }}
        value={text}
        autoFocus
        onChange={(event) => {
          setText(event.target.value)
          setCurrent(0)
        }}
        onKeyDown={steer}
      />
      <chakra.ul
        id={listId}
        role="listbox"
        aria-label="Found"
        borderTopWidth="1px"
        borderColor="border"
        p="4px"
        minH="120px"
      >
        {data && found.length === 0 && (
          <Text p="8px" color="text2">
            Nothing here has these words in its name.
          </Text>
        )}
        {found.map((finding, index) => (
          <FindingRow
            key={`${finding.kind} ${finding.id}`}
            id={`${listId}-${index}`}
            finding={finding}
            isCurrent={index === current}
            onPoint={() => setCurrent(index)}
            onOpen={() => void open(finding)}
          />
        ))}
      </chakra.ul>
    </DialogFrame>
  )
}

interface FindingRowProps {
  id: string
  finding: Finding
  isCurrent: boolean
  onPoint: () => void
  onOpen: () => void
}

function FindingRow({ id, finding, isCurrent, onPoint, onOpen }: FindingRowProps) {
  const Icon = icons[finding.kind]
  return (
    <chakra.li
      id={id}
      role="option"
      aria-selected={isCurrent}
      display="flex"
      alignItems="center"
      gap="8px"
      h="32px"
      px="8px"
      borderRadius="chip"
      textStyle="body"
      cursor="pointer"
      bg={isCurrent ? 'hover' : undefined}
      onPointerMove={onPoint}
      onClick={onOpen}
    >
      <Icon size={16} strokeWidth={1.5} aria-hidden="true" />
      <chakra.span truncate>{finding.name}</chakra.span>
      <chakra.span ms="auto" textStyle="dense" color="text3">
        {finding.kind}
      </chakra.span>
    </chakra.li>
  )
}
