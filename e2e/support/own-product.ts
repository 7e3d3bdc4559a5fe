import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from 'playwright/test';
import { freePort } from '#lib/server/ports';
import { eventually } from '#lib/testing/eventually';
import { processesOf } from './processes.ts';
import { type Product, startProduct } from './product.ts';

export type OwnProduct = {
  /** An empty data folder of this test. */
  dataDir: string;
  /** Runs `npm start` on this data folder. The fixture stops all that were started. */
  start(settings?: Record<string, string>): Promise<{ product: Product; address: string }>;
};

/** Clears the settings of the shared product, so that a process uses its own data folder and the embedded PostgreSQL. */
export const noSettings = { DATABASE_URL: '', APP_SECRET: '', ADMIN_EMAIL: '', ADMIN_PASSWORD: '' };

/** The test of a product of its own, with its own data folder and the embedded PostgreSQL. */
export const test = base.extend<OwnProduct>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
  dataDir: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'promint-e2e-'));
    // Under root, PostgreSQL runs as the user postgres, which needs access to the folder.
    await chmod(folder, 0o755);
    await use(folder);
    await rm(folder, { recursive: true });
  },
  start: async ({ dataDir }, use) => {
    const products: Product[] = [];
    await use(async (settings = {}) => {
      const port = await freePort();
      const product = startProduct({ ...noSettings, DATA_DIR: dataDir, PORT: String(port), ...settings });
      products.push(product);
      return { product, address: `http://localhost:${port}` };
    });
    await Promise.all(products.map((product) => product.stop()));
    if (process.platform !== 'linux') return;
    await eventually('the end of all processes', async () => (await processesOf(dataDir)).length === 0);
  },
});
