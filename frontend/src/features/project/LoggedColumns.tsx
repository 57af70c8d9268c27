import { chakra, Text } from '@chakra-ui/react'

import { Card } from '@/components/Card'

const columns = [
  ['keys', 'required, unique in its dataset'],
  ['files', 'images, uploaded once per project'],
  ['texts', 'or texts, shown as text'],
  ['labels', 'category given by a person or the source'],
  ['inferences', 'category from a trained model'],
  ['confidences', '0 to 1'],
  ['metadata', 'a dict of numbers and words each'],
  ['embeddings', 'an array, one length throughout'],
] as const

/** What `log` takes, beside the snippet that calls it. */
export function LoggedColumns() {
  return (
    <Card p="16px">
      <Text fontWeight={500} mb="8px">
        What you can log
      </Text>
      <chakra.dl display="grid" gridTemplateColumns="96px 1fr" rowGap="8px" textStyle="dense">
        {columns.map(([name, meaning]) => (
          <ColumnRow key={name} name={name} meaning={meaning} />
        ))}
      </chakra.dl>
    </Card>
  )
}

function ColumnRow({ name, meaning }: { name: string; meaning: string }) {
  return (
    <>
      <chakra.dt textStyle="mono">{name}</chakra.dt>
      <chakra.dd color="text2">{meaning}</chakra.dd>
    </>
  )
}
