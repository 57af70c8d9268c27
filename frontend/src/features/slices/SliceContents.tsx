import { chakra, Text } from '@chakra-ui/react'
import { useQuery } from 'urql'

import type { ProjectInfo } from '@/api/project'
import { CardSection } from '@/components/CardSection'
import { countOf } from '@/components/format'
import type { SliceDetailQuery } from '@/gql/graphql'

import { RuleNames } from './documents'
import { namesOf, type Rule, ruleSentences } from './ruleText'

export type SliceInFull = NonNullable<SliceDetailQuery['slice']>

/** The rule in words, or that the slice was frozen. */
export function SliceContents({ project, slice }: { project: ProjectInfo; slice: SliceInFull }) {
  const [{ data }] = useQuery({
    query: RuleNames,
    variables: { projectId: project.id },
    pause: slice.isFrozen,
  })
  return (
    <CardSection title={slice.isFrozen ? 'What is in it' : 'Its rule'}>
      {slice.isFrozen ? (
        <Text color="text2">
          {countOf(slice.datapointCount, 'datapoint')}, as they were chosen. What is logged or tagged later
          does not change it; datapoints that are deleted leave it.
        </Text>
      ) : (
        <>
          <chakra.ul ps="18px" listStyleType="disc">
            {ruleSentences((slice.rule ?? {}) as Rule, namesOf(data)).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </chakra.ul>
          <Text color="text2" mt="8px">
            Datapoints that fulfil all of it are in the slice, also those that are logged later.
          </Text>
        </>
      )}
    </CardSection>
  )
}
