import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { required } from '#lib/config';
import { type Prisma, PrismaClient } from '#prisma/client';

/** The database parameter of a verb: the client or a transaction. */
export type Db = Prisma.TransactionClient;

/** The database client, which can open transactions. */
export type Database = PrismaClient;

const poolSize = 10;

/** The settings of every connection. They limit the time for which a suspended process or an unreachable machine can hold locks. */
const connectionLimits = { connectionTimeoutMillis: 2_000, keepAlive: true, idle_in_transaction_session_timeout: 8_000 } as const;

/** Connects Prisma and plain `pg` through one connection pool. The caller closes it. */
export function connect(
  databaseUrl: string,
  max = poolSize,
  more: pg.PoolConfig = {},
): { db: Database; pool: pg.Pool; close(): Promise<void> } {
  const pool = new pg.Pool({ connectionString: databaseUrl, max, ...connectionLimits, ...more });
  // The pool replaces a broken connection, and the next query on it fails. Without these listeners the error would end the process.
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

// A statement with a list has another text for each length, and each named statement uses memory on each connection.
const maxNamedStatements = 200;

/** Names statements, so that each connection parses a statement once. Parsing is a fifth of the query time of a list page. */
function statementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    // A statement without a name is parsed each time.
    if (known !== undefined || names.size === maxNamedStatements) return known ?? '';
    const name = `s${names.size + 1}`;
    names.set(sql, name);
    return name;
  };
}

declare global {
  var promintDatabase: ReturnType<typeof connect> | undefined;
}

// With this limit the web process reports an unreachable or busy database within two seconds.
const webConnectionLimits = { connectionTimeoutMillis: 1_250 };

function sharedDatabase(): ReturnType<typeof connect> {
  globalThis.promintDatabase ??= connect(required('databaseUrl'), poolSize, webConnectionLimits);
  return globalThis.promintDatabase;
}

/** The database of the web process, connected on first use. It is stored on `globalThis` because Next bundles modules more than once. */
export function db(): Database {
  return sharedDatabase().db;
}

/** The connections under {@link db}, for libraries that use plain `pg`. */
export function pool(): pg.Pool {
  return sharedDatabase().pool;
}
