import { describe, expect, it } from 'vitest'

import { packPalette, parseHex, sampleRamp, scalarCodes, SCALAR_STEPS } from './palette'

describe('palette', () => {
  it('packs one texel a colour and repeats the last for codes past the end', () => {
    const texels = packPalette(['#ff0000', '#00f'])
    expect([...texels.subarray(0, 12)]).toEqual([255, 0, 0, 255, 0, 0, 255, 255, 0, 0, 255, 255])
    expect([...texels.subarray(-4)]).toEqual([0, 0, 255, 255])
  })

  it('refuses no colours and what is not a colour', () => {
    expect(() => packPalette([])).toThrow('1 to 4096')
    expect(() => parseHex('tomato')).toThrow('tomato')
  })

  it('samples a ramp from end to end', () => {
    expect(sampleRamp(['#000000', '#808080', '#ffffff'], 5)).toEqual([
      '#000000',
      '#404040',
      '#808080',
      '#c0c0c0',
      '#ffffff',
    ])
  })

  it('places values along the ramp, clamps them, and sets missing ones apart', () => {
    const codes = scalarCodes(Float32Array.of(0, 0.5, 1, 7, -7, NaN), [0, 1])
    expect([...codes]).toEqual([0, 127, 254, 254, 0, SCALAR_STEPS])
  })

  it('copes with a domain of one value', () => {
    expect([...scalarCodes(Float32Array.of(3, 3), [3, 3])]).toEqual([0, 0])
  })
})
