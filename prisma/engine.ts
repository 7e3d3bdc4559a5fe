import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { type MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm';
import pg from 'pg';
import { migrationNames, migrationsDir } from './pending-migrations.ts';

const schemaPath = join(import.meta.dirname, 'schema.prisma');
/** The engine handles only the tables of Prisma's schema. The tables of the queue are in the schema `pgboss`. */
const filters = { externalTables: [], externalEnums: [] };

async function migrationsList(): Promise<MigrationList> {
  const names = await migrationNames();
  return {
    baseDir: migrationsDir,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok' as const, value: await readFile(join(migrationsDir, name, 'migration.sql'), 'utf8') },
        },
      })),
    ),
  };
}

/** The driver splits scripts at every semicolon, which breaks functions. This one runs a script as a whole. */
class WholeScripts extends PrismaPg {
  #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    super(pool);
    this.#pool = pool;
  }

  override async connect() {
    const adapter = await super.connect();
    // A simple query is one transaction, so a migration is applied completely or not at all.
    adapter.executeScript = async (script) => void (await this.#pool.query(script));
    return adapter;
  }
}

async function withEngine<T>(databaseUrl: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const schema = await readFile(schemaPath, 'utf8');
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  const factory = bindMigrationAwareSqlAdapterFactory(new WholeScripts(pool));
  const engine = await SchemaEngine.new({ datamodels: [[schemaPath, schema]] }, () => {}, factory);
  try {
    return await work(engine);
  } finally {
    engine.free();
    await pool.end();
  }
}

/**
 * Applies the migrations in `prisma/migrations` that the database lacks, and returns their names. It writes `_prisma_migrations` as
 * `prisma migrate deploy` does, but needs no downloaded engine.
 */
export function applyMigrations(databaseUrl: string): Promise<string[]> {
  return withEngine(databaseUrl, async (engine) => {
    const applied = await engine.applyMigrations({ migrationsList: await migrationsList(), filters });
    return applied.appliedMigrationNames;
  });
}

/**
 * Returns the SQL that changes a database from one schema to another (`null` is the empty database). It compares the texts of the
 * schemas. The engine needs a connection to any PostgreSQL, but reads nothing from it.
 */
export function diffSchemas(databaseUrl: string, from: string | null, to: string): Promise<string> {
  return withEngine(databaseUrl, async (engine) => {
    const diff = await engine.diff({
      from: from === null ? { tag: 'empty' } : { tag: 'schemaDatamodel', files: [{ path: schemaPath, content: from }] },
      to: { tag: 'schemaDatamodel', files: [{ path: schemaPath, content: to }] },
      script: true,
      exitCode: null,
      filters,
    });
    return diff.stdout ?? '';
  });
}
