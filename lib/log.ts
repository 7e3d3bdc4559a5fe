import pino from 'pino';
import { config } from '#lib/config';

/** Limits a message, which may quote a request of any length. */
const longestText = 4_000;

/** An error without its details, in which PostgreSQL repeats whole rows and therefore codes. */
function describe(error: unknown) {
  if (!(error instanceof Error))
    return typeof error === 'object' && error && 'message' in error ? { message: String(error.message) } : String(error);
  const { name, message, stack } = error;
  return {
    name,
    message: message.slice(0, longestText),
    code: 'code' in error ? error.code : undefined,
    constraint: 'constraint' in error ? error.constraint : undefined,
    stack: stack?.slice(0, longestText),
  };
}

/** The message of a passing fault, whose stack does not help. */
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

/** The level; `info` when the settings are invalid, because the start reports invalid settings itself. */
function level(): string {
  try {
    return config().logLevel;
  } catch {
    return 'info';
  }
}
