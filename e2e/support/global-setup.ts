import { randomBytes } from 'node:crypto';
import { freePort } from '#lib/host/ports';
import { createDatabase, startTemporaryPostgres } from '#lib/testing/postgres';
import { startProduct } from './product.ts';

/**
 * One product for all journeys: the production build, started as a person starts it, on a database that
 * the specs can reach as well. They find it by the same settings (`DATABASE_URL`, `APP_SECRET`, `E2E_URL`).
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
    if (errors.length > 0) throw new Error(`the product met errors:\n${errors.join('\n')}`);
  };
  await product.ready().catch(async (error: unknown) => {
    await server.stop();
    throw error;
  });
  return teardown;
}

/**
 * A line of the log with level `error`, or what Node and Next print when nobody caught something. A job that
 * fails is part of a journey and says so on its row.
 */
function isError(line: string): boolean {
  if (line.includes('"msg":"job cannot go on"')) return false;
  return /"level":(50|60)\b|⨯|UnhandledPromiseRejection|Warning: /.test(line);
}
