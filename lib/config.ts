import { resolve } from 'node:path';
import { z } from 'zod';
import { normalizeEmail } from '#lib/users/email';

const proxyCount = 'must be true, false or the number of proxies, 0 to 9';
/** The number of trusted proxies in front of the web server. `true` is one. */
const trustedProxies = z
  .string()
  .trim()
  .toLowerCase()
  .transform((text) => (text === 'true' ? '1' : text === 'false' ? '0' : text))
  .pipe(z.string().regex(/^\d$/, proxyCount).transform(Number));
/** Only for the fault tests; see lib/jobs/engine/fault-point.ts. */
const faultPoint = z
  .string()
  .regex(/^[a-z-]+:[1-9][0-9]*:SIG(KILL|STOP)$/, 'must be a fault point, the number of the pass and a signal, such as claimed:1:SIGKILL')
  .transform((text) => {
    const [place, time, signal] = text.split(':');
    return { place, time: Number(time), signal: signal === 'SIGSTOP' ? ('SIGSTOP' as const) : ('SIGKILL' as const) };
  });
const port = z.coerce.number({ error: 'must be a port number, 0 to 65535' }).int().min(0).max(65_535, 'must be a port number, 0 to 65535');

/** All settings; `.env.example` explains them. An empty value counts as not set. */
const settings = z
  .object({
    NODE_ENV: z.enum(['development', 'production', 'test'], { error: 'must be development, production or test' }).default('production'),
    HOST: z.string().default('0.0.0.0'),
    PORT: port.default(3000),
    APP_URL: z.url({ protocol: /^https?$/, error: 'must be an address such as https://codes.example.com' }).optional(),
    DATA_DIR: z.string().default('.data'),
    DATABASE_URL: z
      .url({ protocol: /^postgres(ql)?$/, error: 'must be an address such as postgres://user:password@host:5432/name' })
      .optional(),
    APP_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
    ADMIN_EMAIL: z.email('must be an email address').optional(),
    ADMIN_PASSWORD: z.string().min(12, 'must have at least 12 characters').optional(),
    STORAGE_DIR: z.string().optional(),
    WORKER_CONCURRENCY: z.coerce
      .number({ error: 'must be a whole number from 1 to 16' })
      .int()
      .min(1, 'must be a whole number from 1 to 16')
      .max(16, 'must be a whole number from 1 to 16')
      .default(2),
    API_RATE_LIMIT: z.coerce
      .number({ error: 'must be a whole number from 1 to 100000' })
      .int('must be a whole number from 1 to 100000')
      .min(1, 'must be a whole number from 1 to 100000')
      .max(100_000, 'must be a whole number from 1 to 100000')
      .default(100),
    SHUTDOWN_DELAY: z.coerce
      .number({ error: 'must be a number of seconds from 0 to 300' })
      .min(0, 'must be a number of seconds from 0 to 300')
      .max(300, 'must be a number of seconds from 0 to 300')
      .default(0),
    TRUST_PROXY: trustedProxies.default(0),
    LOG_LEVEL: z
      .enum(['debug', 'info', 'warn', 'error', 'silent'], { error: 'must be debug, info, warn, error or silent' })
      .default('info'),
    FAULT_POINT: faultPoint.optional(),
  })
  .refine((env) => env.NODE_ENV !== 'production' || !env.FAULT_POINT, { path: ['FAULT_POINT'], error: 'is only for tests: unset it' })
  .transform((env) => {
    const dataDir = resolve(env.DATA_DIR);
    return {
      production: env.NODE_ENV === 'production',
      host: env.HOST,
      port: env.PORT,
      appUrl: env.APP_URL?.replace(/\/+$/, ''),
      dataDir,
      databaseUrl: env.DATABASE_URL,
      appSecret: env.APP_SECRET,
      adminEmail: env.ADMIN_EMAIL && normalizeEmail(env.ADMIN_EMAIL),
      adminPassword: env.ADMIN_PASSWORD,
      storageDir: env.STORAGE_DIR ? resolve(env.STORAGE_DIR) : resolve(dataDir, 'exports'),
      workerConcurrency: env.WORKER_CONCURRENCY,
      apiRateLimit: env.API_RATE_LIMIT,
      shutdownDelaySeconds: env.SHUTDOWN_DELAY,
      trustedProxies: env.TRUST_PROXY,
      logLevel: env.LOG_LEVEL,
      fault: env.FAULT_POINT,
    };
  });

export type Config = z.output<typeof settings>;

/** An invalid setting. The message is one sentence that names the setting and its valid values. */
export class ConfigError extends Error {}

/** Reads and checks settings. Throws {@link ConfigError} with each invalid setting and its valid values. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const parsed = settings.safeParse(present);
  if (parsed.success) return parsed.data;
  throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; '));
}

let current: Config | undefined;

/** The settings of this process, read at the first call. The only reader of the environment. */
export function config(): Config {
  current ??= readConfig(process.env);
  return current;
}

/** Returns a required setting. `npm start` passes these settings to its child processes. Throws {@link ConfigError} when it is missing. */
export function required<K extends 'databaseUrl' | 'appSecret'>(name: K): NonNullable<Config[K]> {
  const value = config()[name];
  if (value) return value;
  const variable = { databaseUrl: 'DATABASE_URL', appSecret: 'APP_SECRET' }[name];
  throw new ConfigError(`${variable} is not set: set it, or use npm start, which sets it`);
}
