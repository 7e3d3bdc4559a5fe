import pino from 'pino';
import { config } from '#lib/config';

/** Limits a message, which may quote a request of any length. */
const maxTextLength = 4_000;

/** Describes an error without its details, because PostgreSQL repeats whole rows there, including codes. */
function describe(error: unknown) {
  if (!(error instanceof Error))
    return typeof error === 'object' && error && 'message' in error ? { message: String(error.message) } : String(error);
  const { name, message, stack } = error;
  return {
    name,
    message: message.slice(0, maxTextLength),
    code: 'code' in error ? error.code : undefined,
    constraint: 'constraint' in error ? error.constraint : undefined,
    stack: stack?.slice(0, maxTextLength),
  };
}

/** Returns the message of an error. For temporary faults, whose stack is of no use. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Writes one JSON line for each event to standard output. Never log a code, a password, a token or a link. */
export const log = pino({
  level: level(),
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  serializers: { error: describe },
});

/** Returns the log level, and `info` when the settings are invalid: the start of the process reports invalid settings. */
function level(): string {
  try {
    return config().logLevel;
  } catch {
    return 'info';
  }
}
