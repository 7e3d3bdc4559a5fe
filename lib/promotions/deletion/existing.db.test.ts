import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { addCodes } from '#lib/codes/add';
import { listCodes, listCodesOfPromotion, lookUpCodes } from '#lib/codes/query';
import { removeCodes } from '#lib/codes/remove';
import { codesAddress, lookUpInput } from '#lib/codes/schema';
import { exportLink } from '#lib/exports/download-link';
import { openExport } from '#lib/exports/open';
import { listExports } from '#lib/exports/query';
import { listHistory } from '#lib/history/query';
import { createJob } from '#lib/jobs/create';
import { findDeletion, findJob } from '#lib/jobs/find';
import { listJobs, listJobsOfPromotion, watchJobs } from '#lib/jobs/list/query';
import { listJobsInput } from '#lib/jobs/schema';
import { duplicatePromotion } from '#lib/promotions/creation/duplicate';
import { deletePromotion } from '#lib/promotions/deletion/delete';
import { findPromotion, findPromotions } from '#lib/promotions/find';
import { getPromotion, listPromotions } from '#lib/promotions/query';
import { promotionListInput } from '#lib/promotions/schema';
import { setMaxCodes } from '#lib/promotions/set-max-codes';
import { updatePromotion } from '#lib/promotions/update';
import { listVersions } from '#lib/promotions/versions/list.sql';
import { checkRedemption } from '#lib/redemptions/check';
import { redeem } from '#lib/redemptions/redeem';
import { checkInput, redeemInput } from '#lib/redemptions/schema';
import { listUsages } from '#lib/redemptions/usages/list';
import { actor, administrator, db } from '#lib/testing/database';
import { type Deletion, seedDeletion } from '#lib/testing/deletion';
import { seedUser } from '#lib/testing/seed';
import type { Actor } from '#lib/users/permissions';

let deletion: Deletion;
let exportId: string;
let person: Actor;

beforeAll(async () => {
  person = await seedUser(db);
  deletion = await seedDeletion(db, actor, async (promotionId) => {
    const { id } = await createJob(db, actor, promotionId, { job_type: 'code_export' });
    exportId = id;
    const file = { fileKey: `${id}.${randomUUID()}.csv`, fileRows: 0, fileBytes: 0, fileSha256: '0'.repeat(64) };
    await db.promotionJob.update({ where: { id }, data: { status: 'completed', finishedAt: new Date(), ...file } });
    await addCodes(db, actor, promotionId, { codes: [{ code: `by-hand-${promotionId}`, consume_unit: 'per_cart' }] });
  });
});

const code = () => `${deletion.prefix}-1`;
const page = { limit: 25, offset: 0 };

describe('a promotion that is being deleted', () => {
  const calls: [string, () => Promise<unknown>][] = [
    ['findPromotion', () => findPromotion(db, actor, deletion)],
    ['listVersions', () => listVersions(db, actor, { ...deletion, ...page })],
    ['updatePromotion', () => updatePromotion(db, actor, { promotionId: deletion.promotionId, name: 'Other' })],
    ['setMaxCodes', () => setMaxCodes(db, administrator, { promotionId: deletion.promotionId, max_codes: 2_000_000 })],
    ['duplicatePromotion', () => duplicatePromotion(db, actor, deletion)],
    ['deletePromotion', () => deletePromotion(db, actor, { promotionId: deletion.promotionId })],
    ['addCodes', () => addCodes(db, actor, deletion.promotionId, { codes: [{ code: randomUUID(), consume_unit: 'per_cart' }] })],
    ['removeCodes', () => removeCodes(db, actor, deletion.promotionId, { codes: [{ code: code() }] })],
    ['listCodesOfPromotion', () => listCodesOfPromotion(db, actor, { promotionId: deletion.promotionId, ...page })],
    ['createJob', () => createJob(db, actor, deletion.promotionId, { job_type: 'code_export' })],
    ['listJobsOfPromotion', () => listJobsOfPromotion(db, actor, { promotionId: deletion.promotionId, ...page })],
    [
      'listJobsOfPromotion for its deletion',
      () => listJobsOfPromotion(db, actor, { promotionId: deletion.promotionId, jobType: 'promotion_delete', ...page }),
    ],
    ['findJob for one of its jobs', () => findJob(db, actor, { promotionId: deletion.promotionId, jobId: exportId })],
    ['exportLink', () => exportLink(db, person, { promotion_id: deletion.promotionId, job_id: exportId })],
    ['openExport', () => openExport(db, exportId)],
    ['listUsages', () => listUsages(db, actor, { promotionId: deletion.promotionId, order: { by: 'used_on', descending: true }, ...page })],
  ];

  it.each(calls)('a promotion that is being deleted is not found by %s', async (_, call) => {
    await expect(call()).rejects.toMatchObject({ status: 404 });
  });

  const readers: [string, () => Promise<unknown>][] = [
    ['getPromotion', () => getPromotion(db, deletion.promotionId)],
    ['listCodes', () => listCodes(db, deletion.promotionId, codesAddress.parse({}))],
    ['listHistory', () => listHistory(db, deletion.promotionId, { page: 1 })],
    ['listExports', () => listExports(db, deletion.promotionId, { page: 1 })],
    ['listJobs', async () => (await listJobs(db, actor, listJobsInput.parse({ promotion_id: deletion.promotionId }))).capacity],
  ];

  it.each(readers)('a promotion that is being deleted does not exist for %s', async (_, read) => {
    expect(await read()).toBeNull();
  });

  it('a promotion that is being deleted is in no list of promotions, also not by its code', async () => {
    expect((await listPromotions(db, promotionListInput.parse({ search: deletion.name }))).promotions).toEqual([]);
    expect((await findPromotions(db, actor, page)).rows.map(({ id }) => id)).not.toContain(deletion.promotionId);
    expect(await findPromotions(db, actor, { ...page, code: code() })).toEqual({ rows: [], total: 0 });
  });

  it('codes of a promotion that is being deleted are not found by their spelling or without their dashes', async () => {
    for (const text of [code(), code().replaceAll('-', ''), `by-hand-${deletion.promotionId}`, `byhand${deletion.promotionId}`])
      expect(await lookUpCodes(db, actor, lookUpInput.parse({ text }))).toMatchObject([{ code: null }]);
  });

  it('codes of a promotion that is being deleted cannot be redeemed', async () => {
    const refused = { code: 'code_unusable', problems: [{ reason: 'not_found' }] };
    await expect(redeem(db, actor, redeemInput.parse({ codes: [{ code: code() }] }))).rejects.toMatchObject(refused);
    expect(await checkRedemption(db, actor, checkInput.parse({ code: code() }))).toMatchObject({ reason: 'not_found' });
  });

  it('lists of all jobs and their counts include only the deletion of a promotion that is being deleted', async () => {
    const all = await listJobs(db, actor, listJobsInput.parse({}));
    expect(all.jobs).toMatchObject([
      { id: deletion.jobId, jobType: 'promotion_delete', promotionName: deletion.name, canCancel: false, canRerun: false },
    ]);
    expect(all.counts.shown.n).toBe(1);
    expect(all.jobs[0]?.progress).toEqual({ done: 0, total: deletion.codes + 1 });
    const { jobs } = await watchJobs(db, actor, { ids: [exportId, deletion.jobId] });
    expect(jobs.map(({ id }) => id)).toEqual([deletion.jobId]);
  });

  it('a promotion that is being deleted refers to the job that deletes it', async () => {
    expect(await findDeletion(db, actor, deletion.promotionId)).toMatchObject({ id: deletion.jobId });
    expect(await findJob(db, actor, deletion)).toMatchObject({ id: deletion.jobId, jobType: 'promotion_delete' });
  });
});
