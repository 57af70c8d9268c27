import { describe, expect, it } from 'vitest'

import { parseRoaring, serializeRoaring } from './roaring'

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

describe('reading portable roaring bitmaps', () => {
  const bytes = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (each) => parseInt(each, 16))

  it.each([[[]], [[1, 2, 65535, 65536, 200000]], [Array.from({ length: 5000 }, (_, i) => 3 * i)]])(
    'gives back what was written',
    (rows) => {
      expect([...parseRoaring(serializeRoaring(Uint32Array.from(rows)))]).toEqual(rows)
    },
  )

  // Written by CRoaring for these rows after optimising runs.
  it('reads runs, without offsets and with them', () => {
    expect([...parseRoaring(bytes('3b300000010000090001000a000900'))]).toEqual(
      Array.from({ length: 10 }, (_, k) => 10 + k),
    )
    const four = parseRoaring(
      bytes(
        '3b3003000f00000b00010009000200090003000900250000002f000000350000003b00000002000100010064000900010064000900010064000900010064000900',
      ),
    )
    expect([four.length, four[0], four[1], four[2], four.at(-1)]).toEqual([42, 1, 2, 100, 3 * 65536 + 109])
  })

  it('refuses anything else', () => {
    expect(() => parseRoaring(new Uint8Array(8))).toThrow('Not a roaring')
  })
})
