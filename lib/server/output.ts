import { format, stripVTControlCharacters, types } from 'node:util';
import { log } from '#lib/log';

// Any client can make Next print an error with an invalid request. Such an error is logged as a warning, so that it alerts no operator.
const levels = { debug: 'debug', trace: 'debug', log: 'info', info: 'info', warn: 'warn', error: 'warn' } as const;
const methods = ['debug', 'trace', 'log', 'info', 'warn', 'error'] as const;
/** Limits a message, which may quote a request of any length. */
const maxMessageLength = 2_000;
/** The symbols with which Next begins its lines. */
const prefix = /^[✓⨯⚠○»▲]\s*/u;

/**
 * Redirects the console output of Next, other libraries and Node to the log, so that a production process writes only JSON lines.
 * `processes/begin.ts` logs uncaught errors.
 */
export function printAsLog(): void {
  for (const method of methods) console[method] = (...parts: unknown[]) => logParts(levels[method], parts);
  // At this time the only listener is Node's own, which prints warnings as text.
  process.removeAllListeners('warning');
  process.on('warning', (error) => log.warn({ error }, 'Node.js warning'));
}

function logParts(level: (typeof levels)[keyof typeof levels], parts: unknown[]): void {
  const error = parts.find(types.isNativeError);
  const rest = parts.filter((part) => part !== error);
  const message = stripVTControlCharacters(format(...rest))
    .trim()
    .replace(prefix, '');
  if (message === '' && error === undefined) return;
  log[level]({ ...(error && { error }) }, message.slice(0, maxMessageLength) || 'error without a message');
}
