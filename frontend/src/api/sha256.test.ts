import { createHash } from 'node:crypto'

import { expect, test } from 'vitest'

import { digest, sha256 } from './sha256'

const reference = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

test.each([0, 1, 55, 56, 63, 64, 65, 119, 120, 4_097])(
  'the digest of %d bytes is that of every other program, with and without the help of the browser',
  async (length) => {
    const bytes = Uint8Array.from({ length }, (_, place) => (place * 31 + length) % 256)
    expect(Buffer.from(digest(bytes)).toString('hex')).toBe(reference(bytes))
    expect(await sha256(bytes)).toBe(reference(bytes))
  },
)
