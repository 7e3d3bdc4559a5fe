import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, link, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const secretsFile = z.object({ appSecret: z.string().min(32), databasePassword: z.string().min(16) });

export type Secrets = z.output<typeof secretsFile>;

/** Reads the generated secrets from `secrets.json` in the data folder (mode 600). Creates the file at the first start. */
export async function loadSecrets(dataDir: string): Promise<Secrets> {
  const path = join(dataDir, 'secrets.json');
  const stored = await read(path);
  if (stored) return stored;
  const created = { appSecret: randomBytes(32).toString('base64url'), databasePassword: randomBytes(24).toString('base64url') };
  // Written under a temporary name and then linked: two simultaneous first starts read the same, complete file.
  const unfinished = `${path}.${randomUUID()}`;
  await writeFile(unfinished, `${JSON.stringify(created, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  try {
    await link(unfinished, path);
    return created;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    return secretsFile.parse(JSON.parse(await readFile(path, 'utf8')));
  } finally {
    await rm(unfinished);
  }
}

async function read(path: string): Promise<Secrets | null> {
  try {
    const secrets = secretsFile.parse(JSON.parse(await readFile(path, 'utf8')));
    if ((await stat(path)).mode & 0o077) await chmod(path, 0o600);
    return secrets;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
