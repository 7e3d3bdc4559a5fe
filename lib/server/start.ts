import '#lib/server/processes/begin';
import { ConfigError, config } from '#lib/config';
import { buildWhenNeeded } from '#lib/server/build';
import { prepareDataFolder } from '#lib/server/data-folder';
import { freePort, requireFreePort } from '#lib/server/ports';
import { launchPostgres, startPostgresChild } from '#lib/server/postgres/child';
import { prepareDatabase } from '#lib/server/prepare';
import { type Child, firstMessage, startChild, workerFlags } from '#lib/server/processes/child';
import { type KeptPart, keepRunning } from '#lib/server/processes/keep-running';
import { onShutdown } from '#lib/server/processes/shutdown';
import { keptSecrets } from '#lib/server/secrets';
import { StartupError } from '#lib/server/startup-error';
import { requestsEndWithinMs } from '#lib/server/web/requests';

/** `npm start` and `npm run dev`: runs and supervises the embedded database (without `DATABASE_URL`), the web server and a worker. */
const development = process.argv.includes('--dev');
const say = (line: string) => console.log(line);
let database: KeptPart | undefined;
const parts: KeptPart[] = [];
const stopping = new AbortController();

async function startDatabase(dataDir: string, password: string): Promise<string> {
  const order = { dataDir, password, port: await freePort() };
  const { child, databaseUrl } = await startPostgresChild(order);
  database = keepRunning('database', child, () => launchPostgres(order), say);
  return databaseUrl;
}

/** Keeps the part running, and resolves when it is ready, possibly after restarts. */
function startPart(name: string, script: string, env: NodeJS.ProcessEnv, flags?: readonly string[]): Promise<void> {
  return new Promise((ready) => {
    const launch = (): Child => {
      const child = startChild(`${import.meta.dirname}/${script}`, env, flags);
      void firstMessage(child).then((message) => message === 'ready' && ready());
      return child;
    };
    parts.push(keepRunning(name, launch(), launch, say));
  });
}

async function start(): Promise<void> {
  const settings = config();
  const { dataDir, port, adminEmail: email, adminPassword: password } = settings;
  // Children inherit the environment and do not need this.
  delete process.env.ADMIN_PASSWORD;
  await requireFreePort(port, settings.host);
  await prepareDataFolder(dataDir, settings.databaseUrl === undefined);
  if (!development) await buildWhenNeeded(say, stopping.signal);
  const secrets = await keptSecrets(dataDir);
  const databaseUrl = settings.databaseUrl ?? (await startDatabase(dataDir, secrets.databasePassword));
  await prepareDatabase(databaseUrl, { email, password, withSamples: settings.databaseUrl === undefined, say });
  if (stopping.signal.aborted) return;
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: development ? 'development' : 'production',
    DATABASE_URL: databaseUrl,
    APP_SECRET: settings.appSecret ?? secrets.appSecret,
  };
  void startPart('worker', '../jobs/worker.ts', env, workerFlags);
  await startPart('web server', 'web.ts', env);
  say(`Promint is at ${settings.appUrl ?? `http://localhost:${port}`} (Ctrl-C stops it; data is in ${dataDir}).`);
}

async function stop(exitCode: number): Promise<void> {
  if (stopping.signal.aborted) return;
  stopping.abort();
  const withinMs = parts.length > 0 ? config().shutdownDelaySeconds * 1000 + requestsEndWithinMs + 2_000 : 0;
  await Promise.all(parts.map((part) => part.stop(withinMs)));
  await database?.stop(10_000);
  process.exit(exitCode);
}

onShutdown(() => stop(0));
await start().catch((error: unknown) => {
  const expected = error instanceof StartupError || error instanceof ConfigError;
  console.error(expected ? `Promint cannot start: ${error.message}` : error);
  void stop(1);
});
