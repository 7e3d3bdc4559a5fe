import '#lib/host/processes/begin';
import { parseArgs } from 'node:util';
import { createClient } from '#lib/clients/create';
import { listClients } from '#lib/clients/query';
import { revokeClient } from '#lib/clients/revoke';
import { clientLimits, clientReference, createClientInput } from '#lib/clients/schema';
import { serializeClient } from '#lib/clients/serialize';
import { ConfigError, config } from '#lib/config';
import { databaseFault } from '#lib/database-fault';
import { connect, type Database } from '#lib/db';
import { DomainError } from '#lib/errors';
import { runningDatabaseUrl } from '#lib/host/postgres';
import { parseInput } from '#lib/input';
import { limitsInWords, readNumber } from '#lib/numbers';
import type { Actor } from '#lib/users/permissions';

/** `npm run client`: API clients from a shell, by whoever can reach the database. Prints JSON. */
const usage = `Usage: npm run --silent client -- COMMAND
  create --name NAME [--role read|write] [--expires-in-days N]   prints client_id and client_secret, the latter this once
  list
  revoke CLIENT_ID`;

class UsageError extends Error {}

const actor: Actor = { id: '', name: 'the command line', role: 'administrator' };

async function run(db: Database, words: string[]): Promise<unknown> {
  const [command, ...rest] = words;
  switch (command) {
    case 'create':
      return createClient(db, actor, parseInput(createClientInput, readOptions(rest)));
    case 'list':
      return (await listClients(db)).map(serializeClient);
    case 'revoke': {
      const reference = parseInput(clientReference, { client_id: rest[0] });
      await revokeClient(db, actor, reference);
      return { ...reference, state: 'revoked' };
    }
    default:
      throw new UsageError(usage);
  }
}

function readOptions(args: string[]) {
  const options = { name: { type: 'string' }, role: { type: 'string' }, 'expires-in-days': { type: 'string' } } as const;
  try {
    const { name, role, 'expires-in-days': days } = parseArgs({ args, options }).values;
    return { name, role, expires_in_days: days === undefined ? undefined : readDays(days), time_zone: ownZone() };
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}

function readDays(typed: string): number {
  const reading = readNumber(typed, clientLimits.expiresInDays);
  if ('value' in reading && reading.value !== null) return reading.value;
  throw new UsageError(`--expires-in-days: ${'problem' in reading ? reading.problem : limitsInWords(clientLimits.expiresInDays)}`);
}

function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

async function databaseUrl(): Promise<string> {
  const { databaseUrl, dataDir } = config();
  const found = databaseUrl ?? (await runningDatabaseUrl(dataDir));
  if (found) return found;
  throw new UsageError(`No Promint runs on ${dataDir}: start it first, or set DATA_DIR or DATABASE_URL as it has them.`);
}

function explain(error: unknown): unknown {
  if (error instanceof UsageError || error instanceof ConfigError) return error.message;
  if (error instanceof DomainError)
    return error.problems.map(({ detail, source }) => (source ? `${source}: ${detail}` : detail)).join('\n');
  return databaseFault(error) === 'unreachable' ? 'The database cannot be reached: start Promint first, or check DATABASE_URL.' : error;
}

try {
  const { db, close } = connect(await databaseUrl(), 1);
  try {
    console.log(JSON.stringify(await run(db, process.argv.slice(2))));
  } finally {
    await close();
  }
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
