import { Text } from '@chakra-ui/react'
import { Tag } from 'lucide-react'
import { useState } from 'react'

import { canEdit, type ProjectInfo } from '@/api/project'
import { CreateByName } from '@/components/CreateByName'
import { EmptyState } from '@/components/EmptyState'
import { EntityList } from '@/components/EntityList'
import { countOf, formatCount } from '@/components/format'
import { useSettled } from '@/components/useSettled'
import type { TagRowFragment } from '@/gql/graphql'

import { CreateTag } from './documents'
import { TagMenu } from './TagMenu'
import { useTags } from './useTags'

/** Every tag of a project, however many there are. */
export function TagTable({ project }: { project: ProjectInfo }) {
  const [search, setSearch] = useState('')
  const list = useTags(project.id, useSettled(search))
  return (
    <EntityList
      title="Tags"
      nouns="tags"
      list={list}
      keyOf={(tag) => tag.id}
      search={{ value: search, onChange: setSearch }}
      testId="tags"
      action={
        canEdit(project) && (
          <CreateByName
            projectId={project.id}
            noun="tag"
            mutation={CreateTag}
            input={(name) => ({ projectId: project.id, name })}
          />
        )
      }
      empty={
        <EmptyState icon={Tag} title="No tags yet">
          Select datapoints on a map and tag them, or make a tag here first.
        </EmptyState>
      }
      columns={[
        {
          title: 'Tag',
          cell: (tag) => (
            <Text textStyle="body" fontWeight={500}>
              {tag.name}
            </Text>
          ),
        },
        { title: 'In', cell: (tag) => <Text color="text2">{places(tag)}</Text> },
        { title: 'Datapoints', isNumber: true, cell: (tag) => formatCount(tag.datapointCount) },
        { title: '', width: '48px', cell: (tag) => <TagMenu project={project} tag={tag} /> },
      ]}
    />
  )
}

const shownPlaces = 3

function places({ memberships }: TagRowFragment): string {
  const names = memberships.filter((each) => each.datapointCount > 0).map((each) => each.dataset.name)
  if (names.length <= shownPlaces) return names.join(', ')
  return `${names.slice(0, shownPlaces).join(', ')} and ${countOf(names.length - shownPlaces, 'more dataset')}`
}
