import '#lib/server/processes/begin';
import { ConfigError, config } from '#lib/config';
import { buildWhenNeeded } from '#lib/server/build';
import { prepareDataFolder } from '#lib/server/data-folder';
import { freePort, requireFreePort } from '#lib/server/ports';
import { launchPostgres, startPostgresChild } from '#lib/server/postgres/child';
import { prepareDatabase } from '#lib/server/prepare';
import { type Child, firstMessage, startChild, workerFlags } from '#lib/server/processes/child';
import { keepRunning, type SupervisedProcess } from '#lib/server/processes/keep-running';
import { onShutdown } from '#lib/server/processes/shutdown';
import { loadSecrets } from '#lib/server/secrets';
import { StartupError } from '#lib/server/startup-error';
import { requestsEndWithinMs } from '#lib/server/web/requests';

/**
 * `npm start` and `npm run dev`: starts the embedded database unless `DATABASE_URL` is set, then the web server and a worker, and
 * restarts each of them when it ends.
 */
const development = process.argv.includes('--dev');
const print = (line: string) => console.log(line);
let database: SupervisedProcess | undefined;
const processes: SupervisedProcess[] = [];
const stopping = new AbortController();

async function startDatabase(dataDir: string, password: string): Promise<string> {
  const options = { dataDir, password, port: await freePort() };
  const { child, databaseUrl } = await startPostgresChild(options);
  database = keepRunning('database', child, () => launchPostgres(options), print);
  return databaseUrl;
}

/** Keeps a process running. Resolves when it is ready for the first time, which may need several starts. */
function startProcess(name: string, script: string, env: NodeJS.ProcessEnv, flags?: readonly string[]): Promise<void> {
  return new Promise((ready) => {
    const launch = (): Child => {
      const child = startChild(`${import.meta.dirname}/${script}`, env, flags);
      void firstMessage(child).then((message) => message === 'ready' && ready());
      return child;
    };
    processes.push(keepRunning(name, launch(), launch, print));
  });
}

async function start(): Promise<void> {
  const settings = config();
  const { dataDir, port, adminEmail: email, adminPassword: password } = settings;
  // Child processes inherit the environment but do not need this password.
  delete process.env.ADMIN_PASSWORD;
  await requireFreePort(port, settings.host);
  await prepareDataFolder(dataDir, settings.databaseUrl === undefined);
  if (!development) await buildWhenNeeded(print, stopping.signal);
  const secrets = await loadSecrets(dataDir);
  const databaseUrl = settings.databaseUrl ?? (await startDatabase(dataDir, secrets.databasePassword));
  await prepareDatabase(databaseUrl, { email, password, withSamples: settings.databaseUrl === undefined, print });
  if (stopping.signal.aborted) return;
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: development ? 'development' : 'production',
    DATABASE_URL: databaseUrl,
    APP_SECRET: settings.appSecret ?? secrets.appSecret,
  };
  void startProcess('worker', '../jobs/worker.ts', env, workerFlags);
  await startProcess('web server', 'web.ts', env);
  print(`Promint is at ${settings.appUrl ?? `http://localhost:${port}`} (Ctrl-C stops it; data is in ${dataDir}).`);
}

async function stop(exitCode: number): Promise<void> {
  if (stopping.signal.aborted) return;
  stopping.abort();
  const withinMs = processes.length > 0 ? config().shutdownDelaySeconds * 1000 + requestsEndWithinMs + 2_000 : 0;
  await Promise.all(processes.map((each) => each.stop(withinMs)));
  await database?.stop(10_000);
  process.exit(exitCode);
}

onShutdown(() => stop(0));
await start().catch((error: unknown) => {
  const expected = error instanceof StartupError || error instanceof ConfigError;
  console.error(expected ? `Promint cannot start: ${error.message}` : error);
  void stop(1);
});
