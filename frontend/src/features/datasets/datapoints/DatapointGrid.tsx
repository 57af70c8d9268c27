import { Box, Grid, Text } from '@chakra-ui/react'

import type { DatapointRowFragment } from '@/gql/graphql'
import { categoryColours } from '@/theme/palette'
import { useTheme } from '@/theme/useTheme'

import { Picture } from './Picture'

/** Pictures with their labels; the browser skips those out of sight. */
export function DatapointGrid({ datapoints }: { datapoints: readonly DatapointRowFragment[] }) {
  const theme = useTheme((state) => state.theme)
  const colours = categoryColours[theme]
  return (
    <Grid
      as="ul"
      listStyleType="none"
      templateColumns="repeat(auto-fill, minmax(108px, 1fr))"
      gap="8px"
      p="12px"
    >
      {datapoints.map((datapoint) => (
        <Box
          as="li"
          key={datapoint.id}
          borderWidth="1px"
          borderColor="border"
          borderRadius="chip"
          overflow="hidden"
          css={{ contentVisibility: 'auto', containIntrinsicSize: '108px 144px' }}
        >
          <Picture datapoint={datapoint} size={128} isFilling />
          <Box
            h="3px"
            style={{
              background: datapoint.label ? colours[datapoint.label.colour % colours.length] : 'transparent',
            }}
          />
          <Box px="6px" py="3px" textStyle="dense">
            <Text textStyle="mono" truncate title={datapoint.key}>
              {datapoint.key}
            </Text>
            <Text color={datapoint.label ? 'text' : 'text3'} truncate>
              {datapoint.label?.name ?? 'No label'}
            </Text>
          </Box>
        </Box>
      ))}
    </Grid>
  )
}
