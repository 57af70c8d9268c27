import js from '@eslint/js'
import reactHooks from 'eslint-plugin-react-hooks'
import globals from 'globals'
import tseslint from 'typescript-eslint'

import { borders } from './eslint.borders.js'

export default tseslint.config(
  { ignores: ['dist', 'src/gql', 'e2e/output'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  reactHooks.configs.flat.recommended,
  {
    files: ['src/**/*.{ts,tsx}'],
    languageOptions: { globals: globals.browser },
    plugins: { chroma: { rules: { borders } } },
    rules: {
      'chroma/borders': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      // The virtual list library is known to opt its component out of the compiler.
      'react-hooks/incompatible-library': 'off',
    },
  },
  { files: ['e2e/**', '*.config.*'], languageOptions: { globals: { ...globals.node, ...globals.browser } } },
  { files: ['public/**'], languageOptions: { globals: globals.browser, sourceType: 'script' } },
)
