import { chakra, Flex } from '@chakra-ui/react'
import { Link, useLocation } from '@tanstack/react-router'

import { formatCount } from '@/components/format'

/** How many there are of what a tab leads to; nothing is written where it is not known yet. */
export type Counts = Partial<
  Record<'datasets' | 'maps' | 'models' | 'analyses' | 'jobs' | 'slicesAndTags' | 'members', number>
>

interface ProjectTabsProps {
  namespace: string
  project: string
  counts: Counts
}

const base = '/projects/$namespace/$project' as const

export function ProjectTabs({ namespace, project, counts }: ProjectTabsProps) {
  const { pathname } = useLocation()
  const here = pathname.split('/')[4] ?? ''
  const tabs = [
    { to: base, text: 'Overview', places: [''], count: undefined },
    { to: `${base}/datasets`, text: 'Datasets', places: ['datasets', 'categories'], count: counts.datasets },
    { to: `${base}/maps`, text: 'Maps', places: ['maps'], count: counts.maps },
    { to: `${base}/models`, text: 'Models', places: ['models', 'embeddings'], count: counts.models },
    { to: `${base}/analyses`, text: 'Analyses', places: ['analyses'], count: counts.analyses },
    { to: `${base}/tags`, text: 'Slices & tags', places: ['tags', 'slices'], count: counts.slicesAndTags },
    { to: `${base}/jobs`, text: 'Jobs', places: ['jobs'], count: counts.jobs },
    { to: `${base}/imports`, text: 'Import & export', places: ['imports', 'exports'], count: undefined },
    { to: `${base}/history`, text: 'History', places: ['history'], count: undefined },
    { to: `${base}/members`, text: 'Members', places: ['members'], count: counts.members },
  ] as const
  return (
    <chakra.nav aria-label="Project" mt="4px">
      <Flex gap="20px" overflowX="auto">
        {tabs.map(({ to, text, places, count }) => (
          <chakra.span
            key={text}
            css={tabLook}
            data-current={(places as readonly string[]).includes(here) || undefined}
          >
            <Link to={to} params={{ namespace, project }} activeOptions={{ exact: true }}>
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
  '&[data-current] a': { color: 'text', borderBottomColor: 'accent' },
}
