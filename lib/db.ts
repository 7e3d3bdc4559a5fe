import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { required } from '#lib/config';
import { type Prisma, PrismaClient } from '#prisma/client';

/** What a verb needs of the database: the client itself or a transaction on it. */
export type Db = Prisma.TransactionClient;

/** The whole database: verbs that open transactions or stream rows take this one. */
export type Database = PrismaClient;

const poolSize = 10;

/** Prisma and plain `pg` on one pool of connections. The caller closes it. */
export function connect(databaseUrl: string, max = poolSize): { db: Database; pool: pg.Pool; close(): Promise<void> } {
  const pool = new pg.Pool({ connectionString: databaseUrl, max, connectionTimeoutMillis: 2_000, keepAlive: true });
  // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
  pool.on('error', () => {});
  const db = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    db,
    pool,
    async close() {
      await db.$disconnect();
      await pool.end();
    },
  };
}

declare global {
  var promintDatabase: ReturnType<typeof connect> | undefined;
}

function sharedDatabase(): ReturnType<typeof connect> {
  globalThis.promintDatabase ??= connect(required('databaseUrl'));
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
