import { describe, expect, it } from 'vitest'

import { serializeRoaring } from './roaring'

const hex = (bytes: Uint8Array) => [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('')

describe('portable roaring bitmaps', () => {
  it('writes no rows as an empty bitmap', () => {
    expect(hex(serializeRoaring(new Uint32Array(0)))).toBe('3a30000000000000')
  })

  // The expected bytes were written by CRoaring for the same rows.
  it('writes array containers with their keys and offsets', () => {
    const bytes = serializeRoaring(Uint32Array.of(1, 2, 65535, 65536, 200000))
    expect(hex(bytes)).toBe(
      '3a3000000300000000000200010000000300000020000000260000002800000001000200ffff0000400d',
    )
  })

  it('writes a bitmap container from 4,097 values on', () => {
    const rows = Uint32Array.from({ length: 4097 }, (_, i) => 2 * i)
    const bytes = serializeRoaring(rows)
    expect(bytes).toHaveLength(16 + 8192)
    expect(hex(bytes.subarray(0, 18))).toBe('3a300000010000000000001010000000' + '5555')
    expect(bytes[16 + 1024]).toBe(1)
    expect(serializeRoaring(rows.subarray(0, 4096))).toHaveLength(16 + 8192)
  })

  it('refuses rows that do not ascend', () => {
    expect(() => serializeRoaring(Uint32Array.of(2, 2))).toThrow('ascend')
  })
})
