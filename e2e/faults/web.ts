import { freePort } from '#lib/server/ports';
import { type Part, startPart } from '#lib/testing/part';

export type Web = Part & { address: string };

/** Starts the production build in a separate process on a free port, like `npm run web`. */
export async function startWeb(env: Record<string, string>): Promise<Web> {
  const port = await freePort();
  const settings = { NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'warn' } as const;
  const part = startPart('lib/server/web.ts', { ...process.env, ...env, ...settings });
  await part.ready();
  return { ...part, address: `http://127.0.0.1:${port}` };
}
