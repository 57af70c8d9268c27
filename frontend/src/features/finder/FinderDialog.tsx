import { chakra, Input, Text } from '@chakra-ui/react'
import { useNavigate } from '@tanstack/react-router'
import {
  Activity,
  Box,
  CircleDot,
  Compass,
  Gauge,
  Layers,
  LayoutGrid,
  Map as MapIcon,
  Tag,
} from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { useQuery } from 'urql'

import type { ProjectInfo } from '@/api/project'
import { DialogFrame } from '@/components/FormDialog'

import { FinderNames } from './documents'
import { addressOf, type Finding, type FindingKind, findingsOf, matching } from './findings'
import { useFoundDatapoints } from './useFoundDatapoints'

const icons: Record<FindingKind, typeof Box> = {
  datapoint: CircleDot,
  map: MapIcon,
  dataset: LayoutGrid,
  slice: Layers,
  analysis: Gauge,
  model: Box,
  tag: Tag,
  job: Activity,
  page: Compass,
}
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
  const datasetIds = data?.datasets.edges.map(({ node }) => node.id) ?? []
  const { datapoints, isLooking } = useFoundDatapoints(datasetIds, text)
  const found = data ? [...matching(findingsOf(data), text), ...datapoints] : []

  async function open(finding: Finding) {
    onClose()
    const parts = ['projects', project.namespace, project.name].map(encodeURIComponent)
    await navigate({ to: `/${parts.join('/')}/${addressOf(finding)}` })
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
        placeholder="Key or text of a datapoint, or the name of anything"
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
        maxH="60vh"
        overflowY="auto"
      >
        {data && found.length === 0 && (
          <Text p="8px" color="text2">
            {isLooking ? 'Looking through the datapoints…' : 'Nothing here has these words.'}
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
      <chakra.span flexShrink={finding.detail ? 0 : 1} maxW="60%" truncate>
        {finding.name}
      </chakra.span>
      {finding.detail && (
        <chakra.span textStyle="dense" color="text2" truncate>
          {finding.detail}
        </chakra.span>
      )}
      <chakra.span ms="auto" flexShrink={0} textStyle="dense" color="text3">
        {finding.kind}
      </chakra.span>
    </chakra.li>
  )
}
