import pino from 'pino';
import { config } from '#lib/config';

/** JSON lines on standard output, one per thing that happened. Never a code, a password, a token or a link. */
export const log = pino({ level: level(), base: null, timestamp: pino.stdTimeFunctions.isoTime });

/** A wrong setting is told by whoever starts, in one sentence, and not by the first module that may log. */
function level(): string {
  try {
    return config().logLevel;
  } catch {
    return 'info';
  }
}
