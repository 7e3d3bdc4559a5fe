import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { required } from '#lib/config';
import { type Prisma, PrismaClient } from '#prisma/client';

/** The database as a verb uses it: the client or a transaction. */
export type Db = Prisma.TransactionClient;

/** The database client, which can open transactions. */
export type Database = PrismaClient;

const poolSize = 10;

/** Settings of every connection. They limit how long locks of a suspended process or an unreachable machine block others. */
const patience = { connectionTimeoutMillis: 2_000, keepAlive: true, idle_in_transaction_session_timeout: 8_000 } as const;

/** Prisma and plain `pg` on one pool of connections. The caller closes it. */
export function connect(
  databaseUrl: string,
  max = poolSize,
  more: pg.PoolConfig = {},
): { db: Database; pool: pg.Pool; close(): Promise<void> } {
  const pool = new pg.Pool({ connectionString: databaseUrl, max, ...patience, ...more });
  // The pool replaces a broken connection, and its user gets the error at the next query. Without listeners the error would end the process.
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

// The length of a list makes another statement, and each named statement takes memory on each connection.
const mostNamed = 200;

/** Names statements, so that each connection parses a statement once. Parsing is a fifth of the time of a page of a list. */
function statementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    // A statement without a name is parsed each time.
    if (known !== undefined || names.size === mostNamed) return known ?? '';
    const name = `s${names.size + 1}`;
    names.set(sql, name);
    return name;
  };
}

declare global {
  var promintDatabase: ReturnType<typeof connect> | undefined;
}

// The web process answers within two seconds that the database is unreachable or busy, with `Retry-After`.
const webPatience = { connectionTimeoutMillis: 1_250 };

function sharedDatabase(): ReturnType<typeof connect> {
  globalThis.promintDatabase ??= connect(required('databaseUrl'), poolSize, webPatience);
  return globalThis.promintDatabase;
}

/** The database of the web process, connected on first use. Kept on `globalThis` because Next bundles modules more than once. */
export function db(): Database {
  return sharedDatabase().db;
}

/** The connections under {@link db}, for libraries that use plain `pg`. */
export function pool(): pg.Pool {
  return sharedDatabase().pool;
}
