import { expect, test } from 'vitest'

import { snippet, snippetKinds } from './snippets'

const place = { origin: 'https://chroma.example', project: 'alice/Digits', token: 'chr_secret' }

test.each(snippetKinds)('the snippet for %s names this server and this project', (kind) => {
  const text = snippet(kind, place)
  expect(text).toContain('url="https://chroma.example"')
  expect(text).toContain('token="chr_secret"')
  expect(text).toContain('client.project("alice/Digits")')
})

test('a name with quotes stays inside its string', () => {
  const text = snippet('Texts', { ...place, project: 'eve/x"); print("\\' })
  expect(text).toContain(String.raw`client.project("eve/x\"); print(\"\\")`)
})

test('without a token the snippet leaves it to the environment', () => {
  expect(snippet('Texts', { ...place, token: null })).not.toContain('token=')
})
