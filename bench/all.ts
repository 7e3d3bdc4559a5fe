import { randomUUID } from 'node:crypto';
import { required } from '#lib/config';
import { connect } from '#lib/db';
import { closeSender } from '#lib/jobs/queue';
import { startWorker } from '#lib/testing/worker';
import type { Actor } from '#lib/users/permissions';
import type { Measurement } from './measurement.ts';
import { measureMillionCodes } from './million-codes.ts';
import { measurePolling } from './polling.ts';
import { measureSignIn } from './sign-in.ts';
import { measureSmallJobs } from './small-jobs.ts';

const actor: Actor = { id: randomUUID(), name: 'bench@example.com', role: 'merchandiser' };

/** All measurements, one after the other, on the database of the settings. `folder` takes a file of a million rows. */
export async function measureAll(folder: string, rounds: number, say: (line: string) => void): Promise<Measurement[]> {
  const { db, pool, close } = connect(required('databaseUrl'));
  await using worker = startWorker({ NODE_ENV: 'production', LOG_LEVEL: 'warn' });
  try {
    say('Jobs of 1,000 codes …');
    const small = await measureSmallJobs(db, actor);
    say(`Jobs and exports of 1,000,000 codes, ${rounds} times …`);
    const large = await measureMillionCodes({ db, pool, actor, folder, worker, rounds });
    await worker.stop();
    say('Polling among 100,000 jobs …');
    const polling = await measurePolling(db, actor);
    say('Signing in …');
    return [...small, ...large, ...polling, ...(await measureSignIn(db))];
  } finally {
    await closeSender();
    await close();
  }
}
