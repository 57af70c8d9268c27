import { chakra, Text } from '@chakra-ui/react'

/** Named values in columns, as parameters and quality figures are shown. */
export function JobFigures({ title, figures }: { title: string; figures: object }) {
  const shown = Object.entries(figures).filter(([, value]) => value !== null && typeof value !== 'object')
  if (shown.length === 0) return null
  return (
    <>
      <Text fontWeight={500} mt="12px" mb="6px">
        {title}
      </Text>
      <chakra.dl display="grid" gridTemplateColumns="repeat(auto-fill, minmax(104px, 1fr))" gap="8px">
        {shown.map(([name, value]) => (
          <div key={name}>
            <chakra.dt color="text3" truncate title={name}>
              {name}
            </chakra.dt>
            <chakra.dd>{figureText(value)}</chakra.dd>
          </div>
        ))}
      </chakra.dl>
    </>
  )
}

function figureText(value: unknown): string {
  if (typeof value === 'number' && !Number.isInteger(value)) return String(Number(value.toPrecision(3)))
  return String(value)
}
