import { chakra, Flex, Text } from '@chakra-ui/react'
import { useEffect, useRef, useState } from 'react'

import { useTheme } from '@/theme/useTheme'

import type { MapItem } from '../useMaps'
import { drawPicture, type Picture } from './draw'
import { labelsOf } from './labels'
import { thinnedPoints } from './points'

interface MapPictureProps {
  map: MapItem
  colourOf: Map<number, number>
}

/** A finished map, drawn small once it scrolls into sight. */
export function MapPicture({ map, colourOf }: MapPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const isSeen = useSeen(canvas)
  const { picture, hasFailed } = usePicture(map, colourOf, isSeen)
  const theme = useTheme((state) => state.theme)

  useEffect(() => {
    if (picture && canvas.current) drawPicture(canvas.current, picture, theme)
  }, [picture, theme])
  return (
    <Flex position="relative" h="full">
      <chakra.canvas ref={canvas} w="full" h="full" role="img" aria-label={`Picture of map ${map.name}`} />
      {hasFailed && (
        <Text
          position="absolute"
          inset="0"
          m="auto"
          h="20px"
          textAlign="center"
          textStyle="dense"
          color="text3"
        >
          The picture could not be read
        </Text>
      )}
    </Flex>
  )
}

function usePicture(map: MapItem, colourOf: Map<number, number>, isSeen: boolean) {
  const [picture, setPicture] = useState<Picture | null>(null)
  const [hasFailed, setFailed] = useState(false)
  const versions = map.sources
    .map(({ embeddingSet: { dataset } }) => `${dataset.id}:${dataset.labelVersion}`)
    .join(' ')
  const colours = JSON.stringify([...colourOf])

  useEffect(() => {
    if (!isSeen) return
    let isCurrent = true
    const sources = versions.split(' ').map((each) => each.split(':'))
    makePicture(map.id, sources, new Map(JSON.parse(colours))).then(
      (made) => isCurrent && setPicture(made),
      () => isCurrent && setFailed(true),
    )
    return () => {
      isCurrent = false
    }
  }, [isSeen, map.id, versions, colours])
  return { picture, hasFailed }
}

async function makePicture(
  mapId: string,
  sources: string[][],
  colourOf: Map<number, number>,
): Promise<Picture> {
  const [points, ...labels] = await Promise.all([
    thinnedPoints(mapId),
    ...sources.map(([datasetId, version]) => labelsOf(datasetId, Number(version))),
  ])
  const codes = Int16Array.from(points.row, (row, index) => {
    const category = labels[points.source[index]]?.[row] ?? 0
    return category === 0 ? -1 : (colourOf.get(category) ?? -1)
  })
  return { points, codes }
}

function useSeen(element: React.RefObject<Element | null>): boolean {
  const [isSeen, setSeen] = useState(false)
  useEffect(() => {
    const target = element.current
    if (!target || isSeen) return
    const observer = new IntersectionObserver(([entry]) => entry.isIntersecting && setSeen(true))
    observer.observe(target)
    return () => observer.disconnect()
  }, [element, isSeen])
  return isSeen
}
