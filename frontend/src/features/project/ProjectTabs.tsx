import { chakra, Flex } from '@chakra-ui/react'
import { Link } from '@tanstack/react-router'

import { formatCount } from '@/components/format'

type Counts = Record<
  'datasets' | 'maps' | 'models' | 'analyses' | 'jobs' | 'slicesAndTags' | 'members',
  number
>

interface ProjectTabsProps {
  namespace: string
  project: string
  counts: Counts
}

const base = '/projects/$namespace/$project' as const

export function ProjectTabs({ namespace, project, counts }: ProjectTabsProps) {
  const tabs = [
    { to: base, text: 'Overview', count: undefined },
    { to: `${base}/datasets`, text: 'Datasets', count: counts.datasets },
    { to: `${base}/maps`, text: 'Maps', count: counts.maps },
    { to: `${base}/models`, text: 'Models', count: counts.models },
    { to: `${base}/analyses`, text: 'Analyses', count: counts.analyses },
    { to: `${base}/tags`, text: 'Slices & tags', count: counts.slicesAndTags },
    { to: `${base}/jobs`, text: 'Jobs', count: counts.jobs },
    { to: `${base}/history`, text: 'History', count: undefined },
    { to: `${base}/members`, text: 'Members', count: counts.members },
  ] as const
  return (
    <chakra.nav aria-label="Project" mt="4px">
      <Flex gap="20px" overflowX="auto">
        {tabs.map(({ to, text, count }) => (
          <chakra.span key={text} css={tabLook}>
            <Link to={to} params={{ namespace, project }} activeOptions={{ exact: to === base }}>
              {text}
              {count !== undefined && <chakra.span color="text3">{formatCount(count)}</chakra.span>}
            </Link>
          </chakra.span>
        ))}
      </Flex>
    </chakra.nav>
  )
}

const tabLook = {
  '& a': {
    display: 'flex',
    gap: '6px',
    py: '9px',
    fontWeight: 500,
    color: 'text2',
    whiteSpace: 'nowrap',
    borderBottom: '2px solid transparent',
    transition: 'color 120ms',
  },
  '& a:hover': { color: 'text' },
  '& a:focus-visible': { outlineOffset: '-2px' },
  '& a[data-status=active]': { color: 'text', borderBottomColor: 'accent' },
}
