import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const secretsFile = z.object({ appSecret: z.string().min(32), databasePassword: z.string().min(16) });

export type Secrets = z.output<typeof secretsFile>;

/** The secrets nobody set: made on first start, then read from `secrets.json` in the data folder (mode 600). */
export async function keptSecrets(dataDir: string): Promise<Secrets> {
  const path = join(dataDir, 'secrets.json');
  const kept = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return null;
  });
  if (kept !== null) return secretsFile.parse(JSON.parse(kept));
  const made = { appSecret: randomBytes(32).toString('base64url'), databasePassword: randomBytes(24).toString('base64url') };
  await writeFile(path, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  return made;
}
