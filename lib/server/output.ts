import { format, stripVTControlCharacters, types } from 'node:util';
import { log } from '#lib/log';

// Any request can make Next print an error, which should not alert an operator. It is logged as a warning.
const levels = { debug: 'debug', trace: 'debug', log: 'info', info: 'info', warn: 'warn', error: 'warn' } as const;
const methods = ['debug', 'trace', 'log', 'info', 'warn', 'error'] as const;
/** Limits a message, which may quote a request of any length. */
const longestMessage = 2_000;
/** The symbols that Next prints before its lines. */
const prefix = /^[✓⨯⚠○»▲]\s*/u;

/**
 * Writes the output of Next, other libraries and Node itself to the log, so that a production process prints only JSON lines. `processes/begin.ts` logs an error that nothing caught.
 */
export function printAsLog(): void {
  for (const method of methods) console[method] = (...parts: unknown[]) => logParts(levels[method], parts);
  // Until here the only listener is the one that prints warnings as text.
  process.removeAllListeners('warning');
  process.on('warning', (error) => log.warn({ error }, 'warning of Node'));
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
