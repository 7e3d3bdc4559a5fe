import '#lib/server/processes/begin';
import { printAsLog } from '#lib/server/output';

// A process that writes to the console in every possible way, for `lib/server/output.test.ts`.
printAsLog();
console.log('one %s', 'line', { of: 'many\nparts' });
console.warn('\u001b[33m⚠\u001b[39m a warning in colour');
console.error(' ⨯', new Error('a failure'));
console.info('x'.repeat(100_000));
console.log('');
process.emitWarning('old', 'DeprecationWarning');
// Node emits the warning in a later turn of the event loop.
setImmediate(() => {
  throw new Error('not caught');
});
