import { fileURLToPath } from 'node:url'

import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = 'http://127.0.0.1:8000'

// Django serves the built files under /static/ and reads manifest.json to find them.
export default defineConfig(({ command }) => ({
  base: command === 'build' ? '/static/' : '/',
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    manifest: 'manifest.json',
    rolldownOptions: { input: 'src/main.tsx' },
  },
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
