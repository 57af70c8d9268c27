import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

// Pure logic runs without a browser; only what draws pays for one.
export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': new URL('./src', import.meta.url).pathname } },
  define: { __CHROMA_VERSION__: JSON.stringify('of the tests') },
  test: {
    restoreMocks: true,
    testTimeout: 30_000,
    isolate: false,
    projects: [
      { extends: true, test: { name: 'logic', environment: 'node', include: ['src/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'screens',
          environment: 'jsdom',
          include: ['src/**/*.test.tsx'],
          setupFiles: ['src/testing/setup.ts'],
        },
      },
    ],
  },
})
