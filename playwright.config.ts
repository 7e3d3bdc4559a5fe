import { defineConfig } from 'playwright/test';
import { findBrowser } from './e2e/support/browser.ts';

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  globalSetup: './e2e/support/global-setup.ts',
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: 'list',
  use: {
    launchOptions: await findBrowser(),
    viewport: { width: 1440, height: 900 },
    // Without a film of every page: drawing it took a fifth of the processor.
    trace: { mode: 'retain-on-failure', screenshots: false },
    // Specs about motion turn it on. All other specs must not depend on it.
    contextOptions: { reducedMotion: 'reduce' },
  },
});
