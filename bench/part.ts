import { randomUUID } from 'node:crypto';
import { config, required } from '#lib/config';
import { connect } from '#lib/db';
import { closeSender } from '#lib/jobs/engine/queue';
import { parts } from './parts.ts';

/** One part of the bench, in a process of its own: what one leaves in memory does not slow the next. */
const [name = '', quick] = process.argv.slice(2);
const { db, pool, close } = connect(required('databaseUrl'));
const actor = { id: randomUUID(), name: 'bench@example.com', role: 'merchandiser' } as const;
const measurements = await parts[name]?.({
  ...{ db, pool, actor, folder: config().dataDir },
  ...(quick === 'quick' ? { quick: true, rounds: 1 } : { quick: false, rounds: 3 }),
});
await closeSender();
await close();
process.send?.(measurements);
