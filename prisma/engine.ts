import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { type MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm';
import pg from 'pg';
import { migrationNames, migrationsDir } from './pending-migrations.ts';

const schemaPath = join(import.meta.dirname, 'schema.prisma');
/** Prisma may not touch what is not its own: the queue keeps its tables in a schema named pgboss. */
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

/** The driver as it is, but for scripts: it would cut them at every semicolon, which tears functions apart. */
class WholeScripts extends PrismaPg {
  #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    super(pool);
    this.#pool = pool;
  }

  override async connect() {
    const adapter = await super.connect();
    // One simple query is one transaction: a migration is applied whole or not at all.
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
 * Applies what `prisma/migrations` holds and the database lacks, and returns the names applied.
 * It is `prisma migrate deploy` without its downloaded engine: `_prisma_migrations` ends up the same.
 */
export function applyMigrations(databaseUrl: string): Promise<string[]> {
  return withEngine(databaseUrl, async (engine) => {
    const applied = await engine.applyMigrations({ migrationsList: await migrationsList(), filters });
    return applied.appliedMigrationNames;
  });
}

/**
 * The SQL that takes a database made from one schema to another (`null` is the empty database).
 * It compares the two texts; the engine only wants some PostgreSQL to be there, and reads nothing from it.
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
