import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { ConfigError, config } from '#lib/config';
import { databaseFault } from '#lib/database/fault';
import { connect, type Database } from '#lib/db';
import { DomainError } from '#lib/errors';
import { runningDatabaseUrl } from '#lib/server/postgres/embedded';
import type { Actor } from '#lib/users/permissions';

/** An invalid command line. The message is one sentence that names the solution. */
export class UsageError extends Error {}

/** The actor of the command line. Access to the database is its only permission check. */
export const commandLine: Actor = { id: '', name: 'the command line', role: 'administrator' };

/** Returns the options of a command, and its positional argument if `positional` allows one. Throws {@link UsageError}. */
export function readArguments<T extends ParseArgsOptionsConfig>(args: string[], options: T, { positional = false } = {}) {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: positional });
    if (positionals.length > 1) throw new UsageError(`Unexpected argument ${JSON.stringify(positionals[1])}: quote a value with spaces.`);
    return { values, argument: positionals[0] };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Only the first sentence of Node's message.
    throw new UsageError(`${error.message.split(/\. |\n/)[0]}.`);
  }
}

/**
 * Runs one command on `DATABASE_URL`, or on the embedded database of a running Promint, and prints the result as JSON. `help` prints
 * the usage. An error prints one sentence to standard error and sets the exit code 1.
 */
export async function runCommand(usage: string, run: (db: Database, args: string[]) => Promise<unknown>): Promise<void> {
  const args = process.argv.slice(2);
  if (args.length === 0 || args[0] === 'help' || args.includes('--help')) return console.log(usage);
  try {
    const { db, close } = connect(await databaseUrl(), 1);
    try {
      console.log(JSON.stringify(await run(db, args)));
    } finally {
      await close();
    }
  } catch (error) {
    console.error(explain(error));
    process.exitCode = 1;
  }
}

async function databaseUrl(): Promise<string> {
  const { databaseUrl, dataDir } = config();
  const found = databaseUrl ?? (await runningDatabaseUrl(dataDir));
  if (found) return found;
  throw new UsageError(`No Promint runs on ${dataDir}: start Promint first, or set DATA_DIR or DATABASE_URL to the values that it uses.`);
}

function explain(error: unknown): unknown {
  if (error instanceof UsageError || error instanceof ConfigError) return error.message;
  if (error instanceof DomainError)
    return error.problems.map(({ detail, source }) => (source ? `${source}: ${detail}` : detail)).join('\n');
  return databaseFault(error) === 'unreachable' ? 'The database cannot be reached: start Promint first, or check DATABASE_URL.' : error;
}
