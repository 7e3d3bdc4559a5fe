import { createHash, randomUUID } from 'node:crypto';
import { rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { beforeAll, expect, test } from 'vitest';
import { config } from '#lib/config';
import { exportLink } from '#lib/exports/hand-out';
import { verifyLink } from '#lib/exports/link';
import { openExport } from '#lib/exports/open';
import { createFile, makeStorage } from '#lib/storage';
import { actor, dataDir, db } from '#lib/testing/database';
import { makeCodes, makePromotion } from '#lib/testing/seed';

const text = 'code,consume_unit\r\naa2b-3c4d,per_cart\r\n';
beforeAll(makeStorage);

const pathOf = (key: string) => join(config().storageDir, key);

/** A completed export of a promotion of its own, with its file. */
async function makeExport({ key, name = 'Newsletter' }: { key?: string; name?: string } = {}) {
  const promotion = await makePromotion(db, { name });
  const id = randomUUID();
  const fileKey = key ?? `${id}.${randomUUID()}.csv`;
  const file = await createFile(fileKey);
  await pipeline([text], file.stream);
  await file.commit();
  await db.promotionJob.create({
    data: {
      id,
      promotionId: promotion.id,
      jobType: 'code_export',
      status: 'completed',
      createdBy: actor.name,
      fileKey,
      fileRows: 1,
      fileBytes: text.length,
      fileSha256: createHash('sha256').update(text).digest('hex'),
      finishedAt: new Date('2026-11-23T12:00:00Z'),
    },
  });
  return { promotion_id: promotion.id, job_id: id, fileKey };
}

test('a completed export opens, with a name for people', async () => {
  const { job_id } = await makeExport({ name: 'Newsletter' });
  const { file, fileName, sha256 } = await openExport(db, job_id);
  expect(fileName).toBe('Newsletter codes 2026-11-23.csv');
  expect(await new Response(file.stream({ start: 0, end: file.size - 1 })).text()).toBe(text);
  expect(sha256).toBe(createHash('sha256').update(text).digest('hex'));
});

test('a file that was removed, cut or grown is gone, and says what to do', async () => {
  const gone = { code: 'gone', status: 410, message: 'The file is no longer complete. Run the export again.' };
  const removed = await makeExport();
  await rm(pathOf(removed.fileKey));
  await expect(openExport(db, removed.job_id)).rejects.toMatchObject(gone);
  await expect(exportLink(db, actor, removed)).rejects.toMatchObject(gone);
  const changed = await makeExport();
  for (const length of [text.length - 1, 0, text.length + 1]) {
    await truncate(pathOf(changed.fileKey), length);
    await expect(openExport(db, changed.job_id)).rejects.toMatchObject(gone);
  }
});

test('a link in the place of the file is not followed', async () => {
  const { job_id, fileKey } = await makeExport();
  const secret = join(dataDir, 'secret.csv');
  await writeFile(secret, text);
  await rm(pathOf(fileKey));
  await symlink(secret, pathOf(fileKey));
  await expect(openExport(db, job_id)).rejects.toMatchObject({ code: 'not_found' });
});

test("another job's file does not open, nor does a job without one", async () => {
  const { fileKey } = await makeExport();
  const thief = await makeExport({ key: `${randomUUID()}.csv` });
  await db.promotionJob.update({ where: { id: thief.job_id }, data: { fileKey } });
  await expect(openExport(db, thief.job_id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(openExport(db, randomUUID())).rejects.toMatchObject({ code: 'not_found' });
  const promotion = await makePromotion(db);
  await expect(openExport(db, await makeCodes(db, promotion, 1, randomUUID()))).rejects.toMatchObject({ code: 'not_found' });
});

test('a link is handed out for a completed export of that promotion', async () => {
  const made = await makeExport();
  const { href } = await exportLink(db, actor, made);
  expect(verifyLink(made.job_id, new URL(href, 'http://localhost').search)).toBe(true);
  const elsewhere = { ...made, promotion_id: (await makePromotion(db)).id };
  await expect(exportLink(db, actor, elsewhere)).rejects.toMatchObject({ code: 'not_found' });
});

test('no link before there is a file; the refusal names the status', async () => {
  const { id: promotion_id } = await makePromotion(db);
  const job = await db.promotionJob.create({
    data: { promotionId: promotion_id, jobType: 'code_export', status: 'processing', createdBy: actor.name },
  });
  await expect(exportLink(db, actor, { promotion_id, job_id: job.id })).rejects.toMatchObject({
    status: 422,
    message: 'Job has no file to download. Job status: processing',
  });
});
