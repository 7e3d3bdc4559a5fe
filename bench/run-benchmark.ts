import { randomUUID } from 'node:crypto';
import { config, required } from '#lib/config';
import { connect } from '#lib/db';
import { closeSender } from '#lib/jobs/engine/queue';
import { benchmarks } from './benchmarks.ts';

/** Runs one benchmark in a separate process, so that its memory does not slow down the next one. */
const [name = '', quick] = process.argv.slice(2);
const { db, pool, close } = connect(required('databaseUrl'));
const actor = { id: randomUUID(), name: 'bench@example.com', role: 'merchandiser' } as const;
const measurements = await benchmarks[name]?.({
  db,
  pool,
  actor,
  folder: config().dataDir,
  quick: quick === 'quick',
  rounds: quick === 'quick' ? 1 : 3,
});
await closeSender();
await close();
process.send?.(measurements);
