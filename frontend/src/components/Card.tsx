import { Box, type BoxProps } from '@chakra-ui/react'

export function Card(props: BoxProps) {
  return <Box bg="panel" borderWidth="1px" borderColor="border" borderRadius="card" {...props} />
}
