import { randomBytes } from 'node:crypto';
import { defineConfig } from 'vitest/config';

const databaseTests = '{lib,prisma,components}/**/*.db.test.ts';

export default defineConfig({
  // Next checks which modules may run in a browser. Here all of them run in Node.
  resolve: { alias: { 'server-only': new URL('node_modules/server-only/empty.js', import.meta.url).pathname } },
  test: {
    env: { APP_SECRET: randomBytes(32).toString('hex'), LOG_LEVEL: 'silent', DATABASE_URL: '' },
    setupFiles: ['lib/testing/no-leftovers.ts'],
    restoreMocks: true,
    // Vitest leaves one processor idle by default, and tests wait for the database and for processes half of the time.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{lib,prisma,components}/**/*.test.{ts,tsx}'],
          exclude: [databaseTests],
          // Generating a million codes takes a second, or twenty on a busy machine.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'database',
          include: [databaseTests],
          globalSetup: 'lib/testing/global-setup.ts',
          setupFiles: ['lib/testing/database.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
});
