import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { config } from '#lib/config';
import { freePort } from '#lib/server/ports';

/** A web server in a separate process, as `npm run web` starts it. Declare it with `await using`. */
export type Web = AsyncDisposable & { address: string };

/** Serves the production build in `folder`, by default that of the product. `env` adds settings. The log is a file beside the data. */
export async function startWeb(env: Record<string, string> = {}, folder = process.cwd()): Promise<Web> {
  const port = await freePort();
  const log = openSync(join(config().dataDir, `web-${randomUUID()}.log`), 'w');
  const web = fork(join(import.meta.dirname, '../server/web.ts'), {
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'info', HOST: '127.0.0.1', PORT: String(port), ...env },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', log, log, 'ipc'],
  });
  const exited = once(web, 'exit').then(([code]) =>
    Promise.reject(new Error(`the web server exited with code ${code}; ${folder} may lack a build`)),
  );
  await Promise.race([once(web, 'message'), exited]);
  const stopped = exited.catch(() => {});
  return {
    address: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      web.kill('SIGTERM');
      await stopped;
    },
  };
}
