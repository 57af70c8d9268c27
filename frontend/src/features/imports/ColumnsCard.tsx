import { chakra, Text } from '@chakra-ui/react'

import { Card } from '@/components/Card'

const columns = [
  ['key', 'required, unique in its dataset'],
  ['uri, text', 'path or URI of the resource, or a text itself'],
  ['file', 'an image in the .zip'],
  ['label', 'category given by a person or the source'],
  ['inference', 'category from a trained model'],
  ['confidence', '0 to 1'],
  ['embedding', 'list of floats, one length throughout'],
  ['anything else', 'becomes metadata'],
] as const

/** The columns that a file may have; other names can be mapped to them. */
export function ColumnsCard() {
  return (
    <Card p="16px">
      <Text fontWeight={500} mb="8px">
        Columns
      </Text>
      <chakra.dl display="grid" gridTemplateColumns="104px 1fr" rowGap="8px" textStyle="dense">
        {columns.map(([name, meaning]) => (
          <Column key={name} name={name} meaning={meaning} />
        ))}
      </chakra.dl>
    </Card>
  )
}

function Column({ name, meaning }: { name: string; meaning: string }) {
  return (
    <>
      <chakra.dt textStyle="mono">{name}</chakra.dt>
      <chakra.dd color="text2">{meaning}</chakra.dd>
    </>
  )
}
