import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ConfigError, config } from '#lib/config';
import type { Db } from '#lib/db';
import { log } from '#lib/log';
import { createStorageFolder, exportNames } from '#lib/storage';

/** The file in the storage folder that holds the id of the installation. No export can have its name. */
export const markName = '.promint-installation';

// The error codes of file systems without hard links.
const noLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/**
 * Creates the storage folder if it is missing and marks it with the id of the installation, which the database also stores. The web
 * server and the worker call this when they start. Throws {@link ConfigError} for a folder of another installation. Any other error
 * is only logged: exports then fail with this reason, and codes can still be generated.
 */
export async function claimStorage(db: Db): Promise<void> {
  try {
    await createStorageFolder();
    const id = await installationId(db);
    const owner = (await readMark()) ?? (await mark(db, id));
    if (owner !== id) throw foreign(`it is marked as the folder of another Promint (${markName})`);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    log.error({ error }, 'storage folder check failed');
  }
}

/** True when the storage folder has the mark of this installation. Without the mark its files may belong to another one. */
export async function ownsStorage(db: Db): Promise<boolean> {
  const [id, owner] = await Promise.all([installationId(db), readMark()]);
  return owner === id;
}

async function installationId(db: Db): Promise<string> {
  const { id } = await db.installation.findFirstOrThrow({ select: { id: true } });
  return id;
}

/** The id in the mark; null without a mark, empty for an invalid one. */
async function readMark(): Promise<string | null> {
  const text = await readFile(join(config().storageDir, markName), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return null;
  });
  return text === null ? null : (z.uuid().safeParse(text.trim()).data ?? '');
}

/** Marks the folder and returns the id in its mark. When several installations do this at once, one marks it, and all get its id. */
async function mark(db: Db, id: string): Promise<string | null> {
  await requireOwnExports(db);
  const path = join(config().storageDir, markName);
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, `${id}\n`, { flag: 'wx', mode: 0o600, flush: true });
  try {
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (!noLinks.has(error.code ?? '')) throw error;
      return copyFile(draft, path, constants.COPYFILE_EXCL);
    });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return readMark();
}

/** Throws {@link ConfigError} when an unmarked folder holds exports of another database. */
async function requireOwnExports(db: Db): Promise<void> {
  const names = await exportNames();
  const jobs = await db.promotionJob.findMany({ where: { id: { in: names.map(({ jobId }) => jobId) } }, select: { id: true } });
  const own = new Set(jobs.map(({ id }) => id));
  const foreignExport = names.find(({ jobId }) => !own.has(jobId));
  if (foreignExport) throw foreign(`it holds ${foreignExport.name}, an export that this database does not know`);
}

function foreign(why: string): ConfigError {
  const setting = config().storageDir;
  return new ConfigError(`STORAGE_DIR is ${setting}, and ${why}: set STORAGE_DIR to an empty folder that no other Promint uses`);
}
