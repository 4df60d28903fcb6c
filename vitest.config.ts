import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts', '**/*.test.tsx', ...(process.env['ZHENGWU_TEST'] === 'full' ? ['**/*.full.ts'] : [])],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: ['./kernel/database/testing/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
  },
});
