import { describe, expect, it } from 'vitest'

import { buildGridIndex } from './gridIndex'
import { isInsidePolygon, pointsInPolygon, thinnedPolygon } from './polygon'
import { scattered } from './testPoints'

const xy = scattered(20_000)
const index = buildGridIndex(xy)
const everything = () => true

function byBruteForce(polygon: number[]): number[] {
  return Array.from({ length: xy.length / 2 }, (_, i) => i).filter((i) =>
    isInsidePolygon(polygon, xy[2 * i], xy[2 * i + 1]),
  )
}

function star(corners: number, radius: number, x: number, y: number): number[] {
  return Array.from({ length: corners }, (_, k) => {
    const angle = (2 * Math.PI * k) / corners
    const reach = k % 2 ? radius : radius / 3
    return [x + reach * Math.cos(angle), y + reach * Math.sin(angle)]
  }).flat()
}

describe('points in a polygon', () => {
  it.each([
    ['a triangle', [-0.9, -0.9, 0.5, -0.8, -0.2, 0.7]],
    ['a star', star(16, 0.8, -0.4, -0.4)],
    ['a fine curve', star(300, 0.5, -0.6, -0.7)],
    ['a figure of eight', [-1, -1, 0, 0, -1, 0, 0, -1]],
    ['a sliver', [-1, -0.7, 1, -0.699, 1, -0.698]],
    ['a shape around the whole map', [-5, -5, 5, -5, 5, 5, -5, 5]],
    ['a shape that reaches outside', [-3, -0.95, 0.2, -0.9, -0.3, 3]],
  ])('agrees with testing each point: %s', (_name, polygon) => {
    expect([...pointsInPolygon(index, polygon, everything).sort()]).toEqual(byBruteForce(polygon))
  })

  it('finds nothing beside the map or without an area', () => {
    expect(pointsInPolygon(index, [3, 3, 4, 3, 4, 4], everything)).toHaveLength(0)
    expect(pointsInPolygon(index, [0, 0, 1, 1], everything)).toHaveLength(0)
  })

  it('leaves out points that are not accepted', () => {
    const even = pointsInPolygon(index, [-2, -2, 2, -2, 2, 2, -2, 2], (point) => point % 2 === 0)
    expect(even).toHaveLength(10_000)
  })

  it('thins a slow hand to the vertices that matter', () => {
    expect([...thinnedPolygon([0, 0, 0.5, 0, 1, 0, 3, 0, 3, 0.1], 2)]).toEqual([0, 0, 3, 0])
  })
})
