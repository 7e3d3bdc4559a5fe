import { randomBytes } from 'node:crypto';
import { freePort } from '#lib/server/ports';
import { createDatabase, startTemporaryPostgres } from '#lib/testing/postgres';
import { startProduct } from './product.ts';

/**
 * Starts one product for all specs: the production build, started with `npm start`, on a temporary database. The specs
 * use the same settings (`DATABASE_URL`, `APP_SECRET`, `E2E_URL`).
 */
export default async function setup(): Promise<() => Promise<void>> {
  const server = await startTemporaryPostgres();
  const port = await freePort();
  const dataDir = `${server.folder}/data`;
  Object.assign(process.env, {
    E2E_URL: `http://localhost:${port}`,
    DATABASE_URL: await createDatabase(server.databaseUrl, 'e2e'),
    APP_SECRET: randomBytes(32).toString('hex'),
    DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
    ADMIN_EMAIL: 'admin@example.com',
    ADMIN_PASSWORD: 'correct-horse-battery',
  });
  const product = startProduct({ PORT: String(port) });
  const teardown = async () => {
    await product.stop();
    await server.stop();
    const errors = product.output().split('\n').filter(isError);
    if (errors.length > 0) throw new Error(`the product logged errors:\n${errors.join('\n')}`);
  };
  await product.ready().catch(async (error: unknown) => {
    await server.stop();
    throw error;
  });
  return teardown;
}

/**
 * Whether a line is a log entry of level `error` or higher, or an uncaught error that Node or Next prints. Specs cause jobs to
 * fail on purpose, so the log entry of a failed job does not count.
 */
function isError(line: string): boolean {
  if (line.includes('"msg":"job cannot continue"')) return false;
  return /"level":(50|60)\b|⨯|UnhandledPromiseRejection|Warning: /.test(line);
}
