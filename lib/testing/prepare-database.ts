import { installQueue } from '#lib/jobs/engine/queue';
import { applyMigrations } from '../../prisma/engine.ts';

// A process of its own because the migration engine keeps a timer of ten seconds, which the test runner would wait for.
const [databaseUrl = ''] = process.argv.slice(2);
await applyMigrations(databaseUrl);
await installQueue(databaseUrl);
process.exit();
