import { format, stripVTControlCharacters, types } from 'node:util';
import { log } from '#lib/log';

// A stranger's request can make Next print an error, and nobody should be called for that: it is a warning here.
const levels = { debug: 'debug', trace: 'debug', log: 'info', info: 'info', warn: 'warn', error: 'warn' } as const;
const methods = ['debug', 'trace', 'log', 'info', 'warn', 'error'] as const;
/** A message may quote a request, as long as its sender made it. */
const longestMessage = 2_000;
/** The signs that Next puts before its lines. */
const prefix = /^[✓⨯⚠○»▲]\s*/u;

/**
 * Sends what Next, other libraries and Node itself would print into the log, so that a production process writes JSON lines
 * alone. `processes/begin.ts` logs an error that nothing caught.
 */
export function printAsLog(): void {
  for (const method of methods) console[method] = (...parts: unknown[]) => logParts(levels[method], parts);
  // The listener that prints a warning as text is the only one so far.
  process.removeAllListeners('warning');
  process.on('warning', (error) => log.warn({ error }, 'Node warned'));
}

function logParts(level: (typeof levels)[keyof typeof levels], parts: unknown[]): void {
  const error = parts.find(types.isNativeError);
  const rest = parts.filter((part) => part !== error);
  const message = stripVTControlCharacters(format(...rest))
    .trim()
    .replace(prefix, '');
  if (message === '' && error === undefined) return;
  log[level]({ ...(error && { error }) }, message.slice(0, longestMessage) || 'an error was printed');
}
