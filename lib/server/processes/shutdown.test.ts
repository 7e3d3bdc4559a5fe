import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { startPart } from '#lib/testing/part';

test.each(['disconnect', 'SIGTERM'])('onShutdown ends a worker that is still waiting for its database at %s', async (event) => {
  const silent = createServer();
  await once(silent.listen(0, '127.0.0.1'), 'listening');
  const address = silent.address();
  const port = typeof address === 'object' ? address?.port : 0;
  await using worker = startPart('lib/jobs/worker.ts', { ...process.env, DATABASE_URL: `postgres://promint:x@127.0.0.1:${port}/promint` });
  await once(silent, 'connection');
  const exit = once(worker.process, 'exit');
  if (event === 'disconnect') worker.process.disconnect();
  else worker.process.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
  silent.close();
});
