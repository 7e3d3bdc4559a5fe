import { installQueue } from '#lib/jobs/engine/queue';
import { applyMigrations } from '../../prisma/engine.ts';

// This is a separate process because the migration engine keeps a timer of ten seconds, for which the test runner would wait.
const [databaseUrl = ''] = process.argv.slice(2);
await applyMigrations(databaseUrl);
await installQueue(databaseUrl);
process.exit();
