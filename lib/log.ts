import pino from 'pino';
import { config } from '#lib/config';

/** JSON lines on standard output, one per thing that happened. Never a code, a password, a token or a link. */
export const log = pino({ level: config().logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime });
