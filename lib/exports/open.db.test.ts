import { createHash, randomUUID } from 'node:crypto';
import { rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { createClient } from '#lib/clients/create';
import { revokeClient } from '#lib/clients/revoke';
import { createClientInput } from '#lib/clients/schema';
import { config } from '#lib/config';
import { exportLink } from '#lib/exports/download-link';
import { verifyLink } from '#lib/exports/link';
import { mayDownload } from '#lib/exports/may-download.sql';
import { openExport } from '#lib/exports/open';
import { createFile, createStorageFolder } from '#lib/storage';
import { administrator, dataDir, db } from '#lib/testing/database';
import { seedCodes, seedPromotion, seedUser } from '#lib/testing/seed';
import type { Actor } from '#lib/users/permissions';
import { setExportDownloads } from '#lib/users/roles';

const text = 'code,consume_unit\r\naa2b-3c4d,per_cart\r\n';
let actor: Actor;
beforeAll(async () => {
  await createStorageFolder();
  actor = await seedUser(db, 'viewer');
});

const pathOf = (key: string) => join(config().storageDir, key);

/** Creates a promotion with a completed export and its file. */
async function createExport({ key, name = 'Newsletter' }: { key?: string; name?: string } = {}) {
  const promotion = await seedPromotion(db, { name });
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

test('openExport opens a completed export with a readable name', async () => {
  const { job_id } = await createExport({ name: 'Newsletter' });
  const { file, fileName, sha256 } = await openExport(db, job_id);
  expect(fileName).toBe('Newsletter codes 2026-11-23.csv');
  expect(await new Response(file.stream({ start: 0, end: file.size - 1 })).text()).toBe(text);
  expect(sha256).toBe(createHash('sha256').update(text).digest('hex'));
});

test('openExport rejects a missing file or a file of another size with gone', async () => {
  const gone = { code: 'gone', status: 410, message: 'The file is no longer complete. Run the export again.' };
  const removed = await createExport();
  await rm(pathOf(removed.fileKey));
  await expect(openExport(db, removed.job_id)).rejects.toMatchObject(gone);
  await expect(exportLink(db, actor, removed)).rejects.toMatchObject(gone);
  const changed = await createExport();
  for (const length of [text.length - 1, 0, text.length + 1]) {
    await truncate(pathOf(changed.fileKey), length);
    await expect(openExport(db, changed.job_id)).rejects.toMatchObject(gone);
  }
});

test('openExport does not follow a symbolic link', async () => {
  const { job_id, fileKey } = await createExport();
  const secret = join(dataDir, 'secret.csv');
  await writeFile(secret, text);
  await rm(pathOf(fileKey));
  await symlink(secret, pathOf(fileKey));
  await expect(openExport(db, job_id)).rejects.toMatchObject({ code: 'not_found' });
});

test("openExport does not open another job's file or a job without a file", async () => {
  const { fileKey } = await createExport();
  const other = await createExport({ key: `${randomUUID()}.csv` });
  await db.promotionJob.update({ where: { id: other.job_id }, data: { fileKey } });
  await expect(openExport(db, other.job_id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(openExport(db, randomUUID())).rejects.toMatchObject({ code: 'not_found' });
  const promotion = await seedPromotion(db);
  await expect(openExport(db, await seedCodes(db, promotion, 1, randomUUID()))).rejects.toMatchObject({ code: 'not_found' });
});

test('exportLink creates a link for a completed export of the promotion', async () => {
  const created = await createExport();
  const { href } = await exportLink(db, actor, created);
  expect(verifyLink(created.job_id, new URL(href, 'http://localhost').search, Date.now())).toBe(actor.id);
  const ofOtherPromotion = { ...created, promotion_id: (await seedPromotion(db)).id };
  await expect(exportLink(db, actor, ofOtherPromotion)).rejects.toMatchObject({ code: 'not_found' });
});

test('exportLink rejects a job without a file and names its status', async () => {
  const { id: promotion_id } = await seedPromotion(db);
  const job = await db.promotionJob.create({
    data: { promotionId: promotion_id, jobType: 'code_export', status: 'processing', createdBy: actor.name },
  });
  await expect(exportLink(db, actor, { promotion_id, job_id: job.id })).rejects.toMatchObject({
    status: 422,
    message: 'Job has no file to download. Job status: processing',
  });
});

test('exportLink rejects a user while their export downloads are turned off', async () => {
  const created = await createExport();
  const user = await seedUser(db);
  await setExportDownloads(db, administrator, { userId: user.id, allowed: false });
  await expect(exportLink(db, user, created)).rejects.toMatchObject({
    status: 403,
    message: expect.stringContaining('turned off for you'),
  });
  await setExportDownloads(db, administrator, { userId: user.id, allowed: true });
  await expect(exportLink(db, user, created)).resolves.toMatchObject({ href: expect.any(String) });
});

describe('mayDownload', () => {
  test('mayDownload allows every user and API client by default', async () => {
    for (const role of ['viewer', 'merchandiser', 'administrator'] as const)
      expect(await mayDownload(db, (await seedUser(db, role)).id)).toBe(true);
    const { client_id } = await createClient(db, administrator, createClientInput.parse({ name: `Client ${randomUUID()}` }));
    expect(await mayDownload(db, client_id)).toBe(true);
  });

  test.each([
    ['is disabled', { disabledAt: new Date() }],
    ['has downloads turned off', { canDownloadExports: false }],
    ['must change the password', { mustChangePassword: true }],
  ])('mayDownload rejects a user who %s', async (_, data) => {
    const { id } = await seedUser(db, 'administrator');
    await db.user.update({ where: { id }, data });
    expect(await mayDownload(db, id)).toBe(false);
  });

  test('mayDownload rejects a revoked or expired client and an unknown id', async () => {
    const [revoked, expired] = await Promise.all(
      ['revoked', 'expired'].map((name) => createClient(db, administrator, createClientInput.parse({ name: `${name} ${randomUUID()}` }))),
    );
    if (!revoked || !expired) throw new Error('no clients');
    await revokeClient(db, administrator, revoked);
    await db.$executeRaw`update clients set expires_at = now() - interval '1 second' where id = ${expired.client_id}::uuid`;
    for (const id of [revoked.client_id, expired.client_id, randomUUID()]) expect(await mayDownload(db, id)).toBe(false);
  });
});
