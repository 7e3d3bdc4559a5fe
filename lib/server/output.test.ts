import { once } from 'node:events';
import { expect, test } from 'vitest';
import { startPart } from '#lib/testing/part';

test('printAsLog turns console output, warnings of Node and uncaught errors of a production process into JSON lines', async () => {
  const part = startPart('lib/testing/prints.ts', { ...process.env, LOG_LEVEL: 'debug' });
  const [code] = await once(part.process, 'close');
  const entries = part
    .output()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  expect(entries).toMatchObject([
    { level: 30, msg: "one line { of: 'many\\nparts' }" },
    { level: 40, msg: 'a warning in colour' },
    { level: 40, msg: 'error without a message', error: { message: 'a failure', stack: expect.any(String) } },
    { level: 30, msg: 'x'.repeat(2_000) },
    { level: 40, msg: 'Node.js warning', error: { name: 'DeprecationWarning', message: 'old' } },
    { level: 60, msg: 'uncaught error', error: { message: 'not caught' } },
  ]);
  expect(code).toBe(1);
});
