import { Flex, Text } from '@chakra-ui/react'
import { Shapes } from 'lucide-react'
import { useState } from 'react'

import { useEndless } from '@/api/endless'
import { canEdit, type ProjectInfo } from '@/api/project'
import { CreateByName } from '@/components/CreateByName'
import { EmptyState } from '@/components/EmptyState'
import { EntityList } from '@/components/EntityList'
import { formatCount } from '@/components/format'
import { Swatch } from '@/components/Swatch'
import { useSettled } from '@/components/useSettled'
import type { CategoryListQuery } from '@/gql/graphql'

import { CategoryMenu } from './CategoryMenu'
import { CategoryList, CreateCategory } from './documents'

type Category = CategoryListQuery['categories']['edges'][number]['node']
const pick = (data: CategoryListQuery) => data.categories

/** The classes that labels and inferences of this project may name. */
export function CategoryTable({ project }: { project: ProjectInfo }) {
  const [search, setSearch] = useState('')
  const projectId = project.id
  const list = useEndless({
    query: CategoryList,
    variables: { projectId, search: useSettled(search) },
    pick,
    projectId,
    about: ['category', 'dataset', 'datapoint'],
  })
  return (
    <EntityList
      title="Categories"
      nouns="categories"
      list={list}
      keyOf={(category) => category.id}
      search={{ value: search, onChange: setSearch }}
      testId="categories"
      action={
        canEdit(project) && (
          <CreateByName
            projectId={projectId}
            noun="category"
            mutation={CreateCategory}
            input={(name) => ({ projectId, name })}
          />
        )
      }
      empty={
        <EmptyState icon={Shapes} title="No categories yet">
          A category is made when a label or an inference first names it, or here before that.
        </EmptyState>
      }
      columns={[
        { title: 'Category', cell: (category) => <Name category={category} /> },
        { title: 'Labels', isNumber: true, cell: (category) => formatCount(category.labelCount) },
        {
          title: '',
          width: '48px',
          cell: (category) => <CategoryMenu project={project} category={category} />,
        },
      ]}
    />
  )
}

function Name({ category }: { category: Category }) {
  return (
    <Flex align="center" gap="8px">
      <Swatch colour={category.colour} />
      <Text textStyle="body" fontWeight={500}>
        {category.name}
      </Text>
    </Flex>
  )
}
