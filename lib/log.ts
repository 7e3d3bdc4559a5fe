import pino from 'pino';
import { config } from '#lib/config';

/** A message may quote a request, as long as its sender made it. */
const longestText = 4_000;

/** An error without what it may quote: PostgreSQL repeats whole rows, and so codes, in its details. */
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

/** What a passing fault says of itself, where its stack would only be noise. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** JSON lines on standard output, one per thing that happened. Never a code, a password, a token or a link. */
export const log = pino({
  level: level(),
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  serializers: { error: describe },
});

/** A wrong setting is told by whoever starts, in one sentence, and not by the first module that may log. */
function level(): string {
  try {
    return config().logLevel;
  } catch {
    return 'info';
  }
}
