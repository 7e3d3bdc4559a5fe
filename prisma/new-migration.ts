import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startTemporaryPostgres } from '#lib/testing/postgres';
import { diffSchemas } from './engine.ts';
import { migrationsDir } from './pending-migrations.ts';

/** `npm run migration -- NAME`: writes a migration from the committed schema to the schema in the working tree. */
const [name = ''] = process.argv.slice(2);
if (!/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('Name the migration in lower case, for example: npm run migration -- add_expiry');
  process.exit(1);
}
const committed = execFileSync('git', ['show', 'HEAD:prisma/schema.prisma'], { encoding: 'utf8' });
const working = await readFile(join(import.meta.dirname, 'schema.prisma'), 'utf8');
const postgres = await startTemporaryPostgres();
try {
  const sql = await diffSchemas(postgres.databaseUrl, committed, working);
  if (sql.includes('empty migration')) {
    console.log('prisma/schema.prisma has not changed since the last commit.');
  } else {
    const folder = join(migrationsDir, `${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}_${name}`);
    await mkdir(folder);
    await writeFile(join(folder, 'migration.sql'), sql);
    console.log(`Wrote ${folder}/migration.sql. Read it before you commit it.`);
  }
} finally {
  await postgres.stop();
}
process.exit();
