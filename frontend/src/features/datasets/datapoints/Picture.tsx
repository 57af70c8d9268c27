import { chakra, Flex } from '@chakra-ui/react'
import { FileQuestionMark, FileText } from 'lucide-react'

import type { DatapointRowFragment } from '@/gql/graphql'

interface PictureProps {
  datapoint: Pick<DatapointRowFragment, 'key' | 'resource' | 'thumbnailUrl'>
  /** Pixels of the thumbnail asked for. */
  size: number
  isFilling?: boolean
}

/** A datapoint's thumbnail, or what stands for it where it has none. */
export function Picture({
  datapoint: { key, resource, thumbnailUrl },
  size,
  isFilling = false,
}: PictureProps) {
  const Icon = resource?.kind === 'TEXT' ? FileText : FileQuestionMark
  return (
    <Flex
      {...(isFilling ? { w: 'full', css: { aspectRatio: '1' } } : { boxSize: `${size}px` })}
      align="center"
      justify="center"
      bg="plot"
      borderRadius={isFilling ? undefined : 'chip'}
      overflow="hidden"
      color="text3"
    >
      {thumbnailUrl ? (
        <chakra.img
          src={sized(thumbnailUrl, size > 64 ? 128 : 64)}
          alt={key}
          loading="lazy"
          w="full"
          h="full"
          objectFit="cover"
        />
      ) : (
        <Icon size={16} strokeWidth={1.5} aria-hidden="true" />
      )}
    </Flex>
  )
}

/** An object's address says already which part of the picture it is. */
function sized(url: string, size: number): string {
  return `${url}${url.includes('?') ? '&' : '?'}size=${size}`
}
