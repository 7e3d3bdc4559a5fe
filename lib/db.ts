import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { required } from '#lib/config';
import { type Prisma, PrismaClient } from '#prisma/client';

/** What a verb needs of the database: the client itself or a transaction on it. */
export type Db = Prisma.TransactionClient;

/** The whole database: verbs that open transactions or stream rows take this one. */
export type Database = PrismaClient;

const poolSize = 10;

/** What every connection says of itself. Locks of a process that stands still, or whose machine is gone, must not hold up the others for long. */
const patience = { connectionTimeoutMillis: 2_000, keepAlive: true, idle_in_transaction_session_timeout: 8_000 } as const;

/** Prisma and plain `pg` on one pool of connections. The caller closes it. */
export function connect(
  databaseUrl: string,
  max = poolSize,
  more: pg.PoolConfig = {},
): { db: Database; pool: pg.Pool; close(): Promise<void> } {
  const pool = new pg.Pool({ connectionString: databaseUrl, max, ...patience, ...more });
  // A connection that breaks is replaced, and whoever has it hears of it at the next query; without listeners it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = new PrismaClient({ adapter: new PrismaPg(pool, { statementNameGenerator: statementNames() }) });
  return {
    db,
    pool,
    async close() {
      await db.$disconnect();
      await pool.end();
    },
  };
}

// Statements that differ by the length of a list are many, and each takes room on each connection.
const mostNamed = 200;

/** Names for statements, so that a connection has each parsed once: a fifth of the time of a page of a list. */
function statementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    // Without a name a statement is parsed each time.
    if (known !== undefined || names.size === mostNamed) return known ?? '';
    const name = `s${names.size + 1}`;
    names.set(sql, name);
    return name;
  };
}

declare global {
  var promintDatabase: ReturnType<typeof connect> | undefined;
}

// Whoever asks the web is told within two seconds that the database is away or busy, and when to come back.
const webPatience = { connectionTimeoutMillis: 1_250 };

function sharedDatabase(): ReturnType<typeof connect> {
  globalThis.promintDatabase ??= connect(required('databaseUrl'), poolSize, webPatience);
  return globalThis.promintDatabase;
}

/** The database of the web process, connected on first use. Kept on `globalThis` because Next bundles modules more than once. */
export function db(): Database {
  return sharedDatabase().db;
}

/** The connections under {@link db}, for the libraries that speak plain `pg`. */
export function pool(): pg.Pool {
  return sharedDatabase().pool;
}
