import { chakra } from '@chakra-ui/react'
import { Fragment, type ReactNode } from 'react'

export interface Fact {
  name: string
  value: ReactNode
}

/** Names and values under each other; what has no value is left out. */
export function FactList({ facts }: { facts: readonly (Fact | false | null | undefined)[] }) {
  return (
    <chakra.dl
      display="grid"
      gridTemplateColumns="minmax(96px, auto) 1fr"
      columnGap="16px"
      rowGap="6px"
      textStyle="dense"
    >
      {facts.map(
        (fact) =>
          fact && (
            <Fragment key={fact.name}>
              <chakra.dt color="text2">{fact.name}</chakra.dt>
              <chakra.dd minW={0} wordBreak="break-word">
                {fact.value}
              </chakra.dd>
            </Fragment>
          ),
      )}
    </chakra.dl>
  )
}
