import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readlink, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createClient } from '#lib/clients/create';
import { revokeClient } from '#lib/clients/revoke';
import { createClientInput } from '#lib/clients/schema';
import { config } from '#lib/config';
import type { Database } from '#lib/db';
import { signLink } from '#lib/exports/link';
import { createJob } from '#lib/jobs/create';
import { eventually } from '#lib/testing/eventually';
import { jobIn } from '#lib/testing/jobs';
import { seedCodes, seedPromotion } from '#lib/testing/seed';
import type { Actor } from '#lib/users/permissions';
import { expect, test } from '../support/test.ts';

/** Returns a link signed now. */
const freshLink = (jobId: string, by: string) => signLink(jobId, by, Date.now());

// A download link needs no session.
test.use({ role: null });

async function createExport(db: Database, actor: Actor, { name = 'Été 2026', codes = 30 } = {}) {
  const promotion = await seedPromotion(db, { name, maxCodes: codes });
  await seedCodes(db, promotion, codes, promotion.id.slice(0, 8));
  const { id } = await createJob(db, actor, promotion.id, { job_type: 'code_export' });
  const job = await jobIn(db, id, 'completed');
  return { id, size: Number(job.fileBytes), sha256: job.fileSha256 ?? '', path: join(config().storageDir, job.fileKey ?? '') };
}

test('a download link returns the whole file with a readable file name', async ({ db, user, request }) => {
  const file = await createExport(db, user);
  const answer = await request.get(freshLink(file.id, user.id), { headers: { 'accept-encoding': 'gzip' } });
  expect(answer.status()).toBe(200);
  const body = await answer.body();
  expect(createHash('sha256').update(body).digest('hex')).toBe(file.sha256);
  const expected = {
    'content-type': 'text/csv; charset=utf-8',
    'content-length': String(file.size),
    'content-disposition': expect.stringMatching(
      /^attachment; filename="Ete 2026 codes [\d-]{10}\.csv"; filename\*=UTF-8''%C3%89t%C3%A9%202026%20codes%20[\d-]{10}\.csv$/,
    ),
    etag: `"${file.sha256}"`,
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-store, no-transform',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
  };
  expect(answer.headers()).toMatchObject(expected);
  expect(answer.headers()).not.toHaveProperty('content-encoding');
  const head = await request.head(freshLink(file.id, user.id));
  expect(head.headers()).toMatchObject(expected);
  expect((await head.body()).length).toBe(0);
});

test('a download with a Range header resumes', async ({ db, user, request }) => {
  const { id, size, sha256 } = await createExport(db, user);
  const part = async (range: string, ifRange?: string) => {
    const answer = await request.get(freshLink(id, user.id), { headers: { range, ...(ifRange && { 'if-range': ifRange }) } });
    const { 'content-range': contentRange, 'content-length': length } = answer.headers();
    return [answer.status(), contentRange, Number(length), (await answer.body()).length];
  };
  expect(await part('bytes=0-0')).toEqual([206, `bytes 0-0/${size}`, 1, 1]);
  expect(await part('bytes=-500')).toEqual([206, `bytes ${size - 500}-${size - 1}/${size}`, 500, 500]);
  expect(await part(`bytes=${size - 1}-`, `"${sha256}"`)).toEqual([206, `bytes ${size - 1}-${size - 1}/${size}`, 1, 1]);
  expect(await part(`bytes=${size}-`)).toEqual([416, `bytes */${size}`, 0, 0]);
  // A changed file, several ranges and invalid ranges get the whole file.
  expect(await part('bytes=0-0', '"other"')).toEqual([200, undefined, size, size]);
  for (const range of ['bytes=0-1,5-6', 'lines=1-2', 'bytes=a']) expect(await part(range)).toEqual([200, undefined, size, size]);
});

test('an expired, changed or repeated link and a link for another job get the same 403 answer', async ({ db, user, request }) => {
  const { id } = await createExport(db, user);
  const other = await createExport(db, user);
  const link = freshLink(id, user.id);
  const refused = [
    `/downloads/${id}`,
    signLink(id, user.id, Date.now() - 900_000),
    link.replace(id, other.id),
    link.slice(0, -1),
    `${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`,
    `${link}&signature=x`,
    `${link}&expires=9999999999`,
    link.replace('?', '?expires=9999999999&'),
  ];
  const answers = await Promise.all(refused.map((path) => request.get(path)));
  expect(answers.map((answer) => answer.status())).toEqual(refused.map(() => 403));
  expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);
});

test('a download link stops working when its user or API client loses the permission', async ({ db, user, request }) => {
  const { id } = await createExport(db, user);
  const link = freshLink(id, user.id);
  const { client_id } = await createClient(db, user, createClientInput.parse({ name: `Downloads ${id}` }));
  const clientLink = freshLink(id, client_id);
  const open = async (path: string) => {
    const answer = await request.get(path);
    return { status: answer.status(), text: await answer.text() };
  };
  const late = await open(signLink(id, user.id, Date.now() - 900_000));
  expect(late.status).toBe(403);
  for (const refused of [{ disabledAt: new Date() }, { canDownloadExports: false }, { mustChangePassword: true }]) {
    await db.user.update({ where: { id: user.id }, data: refused });
    expect(await open(link)).toEqual(late);
    await db.user.update({ where: { id: user.id }, data: { disabledAt: null, canDownloadExports: true, mustChangePassword: false } });
    expect((await open(link)).status).toBe(200);
  }
  expect((await open(clientLink)).status).toBe(200);
  await db.client.update({ where: { id: client_id }, data: { expiresAt: new Date(Date.now() - 1_000) } });
  expect(await open(clientLink)).toEqual(late);
  await db.client.update({ where: { id: client_id }, data: { expiresAt: null } });
  await revokeClient(db, user, { client_id });
  expect(await open(clientLink)).toEqual(late);
  expect(await open(freshLink(id, '00000000-0000-4000-8000-000000000000'))).toEqual(late);
});

test.describe('as a merchandiser', () => {
  test.use({ role: 'merchandiser' });

  test('a user whose downloads are turned off sees the exports, the reason and whom to ask', async ({ page, db, user }) => {
    const { id } = await createExport(db, user);
    const { promotionId } = await db.promotionJob.findUniqueOrThrow({ where: { id } });
    await page.goto(`/promotions/${promotionId}/exports`);
    const download = page.getByRole('button', { name: /^Download / });
    await expect(download).toBeVisible();
    await db.user.update({ where: { id: user.id }, data: { canDownloadExports: false } });
    await download.click();
    await expect(page.getByText('Export downloads are turned off for you. Ask an administrator')).toBeVisible();
    await page.reload();
    await expect(page.getByText('Downloads are turned off for you')).toBeVisible();
    await expect(download).toHaveCount(0);
    await page.goto(`/promotions/${promotionId}`);
    await expect(page.getByText('Downloads off')).toBeVisible();
    await expect(download).toHaveCount(0);
  });
});

test('a download link answers 405 to every method but GET and HEAD', async ({ db, user, request }) => {
  const { id } = await createExport(db, user);
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    const answer = await request.fetch(freshLink(id, user.id), { method });
    expect([method, answer.status(), answer.headers().allow]).toEqual([method, 405, 'GET, HEAD']);
  }
});

test('a download path cannot leave the export folder', async ({ request, address, user }) => {
  const unknown = '00000000-0000-4000-8000-000000000000';
  for (const path of [
    '..%2f..%2fetc%2fpasswd',
    '%2fetc%2fpasswd',
    '..%5c..',
    '%00',
    'file.csv',
    freshLink(unknown, user.id).slice('/downloads/'.length),
  ]) {
    const answer = await request.get(`${address}/downloads/${path}`);
    expect([path, answer.status()]).toEqual([path, 404]);
    expect(await answer.text()).not.toContain('root:');
  }
});

test('the server does not send a truncated file, a removed file or a symbolic link', async ({ db, user, request }) => {
  const { id, path, size } = await createExport(db, user);
  const answer = async () => {
    const response = await request.get(freshLink(id, user.id));
    return [response.status(), await response.text()];
  };
  const reason = 'The file is no longer complete. Run the export again.\n';
  await truncate(path, size - 1);
  expect(await answer()).toEqual([410, reason]);
  await rm(path);
  expect(await answer()).toEqual([410, reason]);
  const secret = join(config().dataDir, `secret-${id}`);
  await writeFile(secret, Buffer.alloc(size, 'secret'));
  await symlink(secret, path);
  expect(await answer()).toEqual([404, 'file not found\n']);
});

/** Returns the number of open descriptors of the file in all processes. */
async function openDescriptors(path: string): Promise<number> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const links = pids.map(async (pid) => {
    const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
    return Promise.all(descriptors.map((each) => readlink(`/proc/${pid}/fd/${each}`).catch(() => '')));
  });
  return (await Promise.all(links)).flat().filter((link) => link === path).length;
}

/** Opens a connection that requests the file and reads only the first bytes. */
async function beginDownload(address: string, link: string) {
  const { hostname, port, host } = new URL(address);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  socket.write(`GET ${link} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  await once(socket, 'readable');
  return socket;
}

test.describe('unfinished downloads', () => {
  test.skip(process.platform !== 'linux', 'the test counts descriptors in /proc');

  test('200 aborted downloads leave no file descriptor open', async ({ db, user, address }) => {
    const { id, path } = await createExport(db, user, { codes: 100_000 });
    const link = freshLink(id, user.id);
    const clients = await Promise.all(Array.from({ length: 200 }, () => beginDownload(address, link)));
    expect(await openDescriptors(path)).toBeGreaterThan(0);
    for (const [i, client] of clients.entries()) i % 2 ? client.destroy() : client.resetAndDestroy();
    await eventually('all descriptors closed', async () => (await openDescriptors(path)) === 0);
  });

  test('the server closes a stalled download within 35 seconds', async ({ db, user, address }) => {
    const { id, path } = await createExport(db, user, { codes: 100_000 });
    const client = await beginDownload(address, freshLink(id, user.id));
    await eventually('descriptor closed', async () => (await openDescriptors(path)) === 0, 35_000);
    client.destroy();
  });
});
