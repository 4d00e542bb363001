import { defineConfig } from 'vitest/config'

const RULES = 'packages/*/src/**/*.test.ts'
const NODES = [
  'packages/*/src/**/*.db.test.ts',
  'apps/*/src/**/*.test.ts',
  'test/{e2e,house,web}/**/*.test.ts',
]

export default defineConfig({
  test: {
    reporters: ['default', './test/support/closing-line.ts'],
    // Tests of nodes wait for each other's messages and clocks: one more than the cores that CI has.
    maxWorkers: 3,
    projects: [
      {
        extends: true,
        // Rules keep nothing between tests: files share what they import, which is most of their time.
        test: {
          name: 'rules',
          include: [RULES],
          exclude: ['**/*.db.test.ts'],
          isolate: false,
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'nodes',
          include: NODES,
          globalSetup: ['test/support/global-postgres.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
