import { defineConfig } from 'vitest/config'

const globalSetup = ['test/build.ts']

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/parity/**'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          globalSetup,
        },
      },
      {
        test: {
          name: 'parity',
          include: ['test/parity/**/*.test.ts'],
          testTimeout: 900_000,
          hookTimeout: 900_000,
          globalSetup,
        },
      },
    ],
  },
})
