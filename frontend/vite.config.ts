import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const shared =
  /node_modules\/(react|react-dom|scheduler|@chakra-ui|@ark-ui|@zag-js|@emotion|@tanstack|@?urql|wonka|zustand)\//
// One version for all of Chroma, where the Python packages take theirs from.
const sdk = readFileSync(new URL('../sdk/src/chroma_sdk/__init__.py', import.meta.url), 'utf8')
const version = /__version__ = "(.+)"/.exec(sdk)?.[1] ?? ''

const server = 'http://127.0.0.1:8000'

// Django serves the built files under /static/ and reads manifest.json to find them.
export default defineConfig(({ command }) => ({
  base: command === 'build' ? '/static/' : '/',
  plugins: [react()],
  define: { __CHROMA_VERSION__: JSON.stringify(version) },
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    manifest: 'manifest.json',
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      input: 'src/main.tsx',
      // These change less often than we do, so that browsers keep them over an update.
      // What one page alone needs stays with that page.
      output: { codeSplitting: { groups: [{ name: 'libraries', test: shared }] } },
    },
  },
  // For `npm run dev` beside a running Chroma. Open that one once first: its page sets the CSRF cookie, which all
  // ports of a host share.
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: {
      '/graphql': { target: server, ws: true },
      '/bulk': server,
      '/resources': server,
      '/admin': server,
      '/auth': server,
    },
  },
}))
