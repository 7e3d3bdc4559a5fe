import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { config } from '#lib/config';
import { connect } from '#lib/db';
import { createJob } from '#lib/jobs/create';
import { sweepFiles } from '#lib/jobs/engine/sweep/sweep';
import { claimStorage, markName, ownsStorage } from '#lib/storage-owner';
import { actor, databaseUrl, db } from '#lib/testing/database';
import { createDatabase, dropDatabase, prepareDatabase } from '#lib/testing/postgres';
import { seedPromotion } from '#lib/testing/seed';

const folder = config().storageDir;
const mark = join(folder, markName);
const exportOf = (jobId: string) => `${jobId}.${randomUUID()}.csv`;
const writeExport = async (name: string) => {
  await writeFile(join(folder, name), 'text');
  return name;
};

/** Calls `use` with the database of another installation. */
async function withOtherInstallation<T>(use: (db: ReturnType<typeof connect>['db']) => Promise<T>): Promise<T> {
  const name = `other_${randomUUID()}`;
  const address = await createDatabase(databaseUrl, name);
  await prepareDatabase(address);
  const other = connect(address, 2);
  try {
    return await use(other.db);
  } finally {
    await other.close();
    await dropDatabase(databaseUrl, name);
  }
}

const createExport = async () => (await createJob(db, actor, (await seedPromotion(db)).id, { job_type: 'code_export' })).id;

async function createCompletedExport(): Promise<string> {
  const id = await createExport();
  const name = exportOf(id);
  await db.promotionJob.update({
    where: { id },
    data: { status: 'completed', fileKey: name, fileRows: 0, fileBytes: 4, fileSha256: '', finishedAt: new Date() },
  });
  return writeExport(name);
}

beforeEach(async () => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
});

describe('claimStorage', () => {
  test('claimStorage creates a missing folder and marks it with the id of the installation', async () => {
    await rm(folder, { recursive: true });
    await claimStorage(db);
    const { id } = await db.installation.findFirstOrThrow();
    expect((await readFile(mark, 'utf8')).trim()).toBe(id);
    expect(await ownsStorage(db)).toBe(true);
    await claimStorage(db);
  });

  test('claimStorage writes only one mark when 20 processes start at once', async () => {
    await Promise.all(Array.from({ length: 20 }, () => claimStorage(db)));
    expect(await readdir(folder)).toEqual([markName]);
  });

  test('claimStorage assigns an empty folder to exactly one of two installations that start at once', async () => {
    await withOtherInstallation(async (other) => {
      const claims = await Promise.allSettled([claimStorage(db), claimStorage(other), claimStorage(db), claimStorage(other)]);
      expect(claims.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
      expect([await ownsStorage(db), await ownsStorage(other)].toSorted()).toEqual([false, true]);
    });
  });

  test.each(['not an id', '', randomUUID()])('claimStorage rejects a folder whose mark is %j', async (text) => {
    await writeFile(mark, text);
    await expect(claimStorage(db)).rejects.toThrow(
      /^STORAGE_DIR is .*, and it is marked as the folder of another Promint .*: set STORAGE_DIR/,
    );
    expect(await readFile(mark, 'utf8')).toBe(text);
  });

  test('claimStorage accepts an unmarked folder when all of its exports belong to this database', async () => {
    await createCompletedExport();
    await writeExport('notes.txt');
    await claimStorage(db);
    expect(await ownsStorage(db)).toBe(true);
  });

  test('claimStorage rejects an unmarked folder with an export that this database does not know', async () => {
    const name = await writeExport(exportOf(randomUUID()));
    await expect(claimStorage(db)).rejects.toThrow(`it holds ${name}, an export that this database does not know`);
    expect(await readdir(folder)).toEqual([name]);
  });
});

describe('sweepFiles', () => {
  test('sweepFiles removes files without a job, and keeps finished exports, files of active jobs and other files', async () => {
    await claimStorage(db);
    const kept = [
      await createCompletedExport(),
      await writeExport(exportOf(await createExport())),
      await writeExport('-'.repeat(36)),
      await writeExport(`${'-'.repeat(36)}.csv`),
    ];
    const ended = (await createCompletedExport()).slice(0, 36);
    const left = [
      await writeExport(exportOf(ended)),
      await writeExport(`${exportOf(ended)}.${randomUUID()}.partial`),
      await writeExport(exportOf(randomUUID())),
    ];
    const odd = [`${randomUUID()}.csv`, `${randomUUID()}.${randomUUID()}.csv.bak`, 'a\nb', 'ü'];
    for (const name of odd) kept.push(await writeExport(name));
    kept.push(exportOf(randomUUID()), exportOf(randomUUID()));
    await symlink(mark, join(folder, kept.at(-1) ?? ''));
    await mkdir(join(folder, kept.at(-2) ?? ''));
    await sweepFiles(db);
    const names = await readdir(folder);
    expect(names).toEqual(expect.arrayContaining(kept));
    for (const name of left) expect(names).not.toContain(name);
  });

  test('sweepFiles removes nothing from a folder with the mark of another installation or without a mark', async () => {
    const name = await writeExport(exportOf(randomUUID()));
    await expect(sweepFiles(db)).rejects.toThrow('not marked');
    await writeFile(mark, randomUUID());
    await expect(sweepFiles(db)).rejects.toThrow('not marked');
    expect(await readdir(folder)).toContain(name);
  });
});

describe('a process that starts on the storage folder of another installation', () => {
  test.each(['lib/jobs/worker.ts', 'lib/server/web.ts'])(
    '%s exits with one sentence when the storage folder belongs to another installation',
    async (script) => {
      await writeFile(mark, randomUUID());
      const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'silent', PORT: '0' };
      const part = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script], { env, stdio: ['ignore', 'ignore', 'pipe'] });
      const chunks: Buffer[] = [];
      part.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
      const [code] = await once(part, 'close');
      expect(code).toBe(1);
      expect(Buffer.concat(chunks).toString()).toContain('it is marked as the folder of another Promint');
    },
  );
});
