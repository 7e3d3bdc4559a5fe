import { mkdir } from 'node:fs/promises';
import { type Config, ConfigError, config } from '#lib/config';
import { connect } from '#lib/db';
import { buildWhenNeeded } from '#lib/host/build';
import { type Child, firstMessage, startChild, workerFlags } from '#lib/host/child';
import { requireDatabase } from '#lib/host/database';
import { freePort, requireFreePort } from '#lib/host/ports';
import { startPostgresChild } from '#lib/host/postgres-child';
import type { PostgresOrder } from '#lib/host/postgres-process';
import { keptSecrets } from '#lib/host/secrets';
import { StartupError } from '#lib/host/startup-error';
import { installQueue } from '#lib/jobs/engine/queue';
import { claimStorage } from '#lib/storage-owner';
import { ensureAdministrator } from '#lib/users/administrator';
import { applyMigrations } from '../../prisma/engine.ts';
import { seedSamplePromotions } from '../../prisma/seed.ts';

/** `npm start` and `npm run dev`: the database when nobody brings one, then the web server and a worker, and an eye on all three. */
const development = process.argv.includes('--dev');
const say = (line: string) => console.log(line);
const parts = new Map<string, Child>();
let stopping = false;

function keepRunning(name: string, script: string, env: NodeJS.ProcessEnv, flags?: readonly string[]): Child {
  const child = startChild(script, env, flags);
  parts.set(name, child);
  child.process.once('exit', (code, signal) => {
    if (stopping) return;
    say(`The ${name} stopped (${signal ?? `exit ${code}`}); starting it again.`);
    setTimeout(() => stopping || keepRunning(name, script, env, flags), 1_000);
  });
  return child;
}

async function keepPostgresRunning(order: PostgresOrder): Promise<{ databaseUrl: string; created: boolean }> {
  const { child, ...postgres } = await startPostgresChild(order);
  parts.set('database', child);
  child.process.once('exit', () => {
    if (stopping) return;
    say('The database stopped; starting it again.');
    setTimeout(() => stopping || keepPostgresRunning(order).catch(giveUp), 500);
  });
  return postgres;
}

async function prepareDatabase(databaseUrl: string, settings: Config, sample: boolean): Promise<void> {
  await requireDatabase(databaseUrl);
  await applyMigrations(databaseUrl);
  await installQueue(databaseUrl);
  const { db, close } = connect(databaseUrl, 1);
  try {
    await claimStorage(db);
    const administrator = await ensureAdministrator(db, { email: settings.adminEmail, password: settings.adminPassword });
    if (!administrator) return;
    if (sample) await seedSamplePromotions(db);
    say(`Sign in as ${administrator.email}`);
    say(settings.adminPassword ? 'with the password in ADMIN_PASSWORD.' : `with the password ${administrator.password} (shown this once).`);
  } finally {
    await close();
  }
}

async function start(): Promise<void> {
  const settings = config();
  await requireFreePort(settings.port, settings.host);
  await mkdir(settings.dataDir, { recursive: true });
  if (!development) await buildWhenNeeded(say);
  const secrets = await keptSecrets(settings.dataDir);
  const embedded = settings.databaseUrl
    ? null
    : await keepPostgresRunning({ dataDir: settings.dataDir, port: await freePort(), password: secrets.databasePassword });
  const databaseUrl = settings.databaseUrl ?? embedded?.databaseUrl ?? '';
  await prepareDatabase(databaseUrl, settings, embedded !== null);
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: development ? 'development' : 'production',
    DATABASE_URL: databaseUrl,
    APP_SECRET: settings.appSecret ?? secrets.appSecret,
  };
  keepRunning('worker', `${import.meta.dirname}/../jobs/worker.ts`, env, workerFlags);
  await firstMessage(keepRunning('web server', `${import.meta.dirname}/web.ts`, env));
  if (!stopping)
    say(`Promint is at ${settings.appUrl ?? `http://localhost:${settings.port}`} (Ctrl-C stops it; data is in ${settings.dataDir}).`);
}

async function stop(exitCode: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  const database = parts.get('database');
  parts.delete('database');
  await Promise.all([...parts.values()].map((part) => part.stop(10_000)));
  await database?.stop(10_000);
  process.exit(exitCode);
}

function giveUp(error: unknown): void {
  const expected = error instanceof StartupError || error instanceof ConfigError;
  console.error(expected ? `Promint cannot start: ${error.message}` : error);
  void stop(1);
}

process.once('SIGINT', () => void stop(0));
process.once('SIGTERM', () => void stop(0));
await start().catch(giveUp);
