import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { addCodes } from '#lib/codes/add';
import { addCodesInput } from '#lib/codes/schema';
import type { ExtraExportColumn } from '#lib/exports/schema';
import { createJob } from '#lib/jobs/create';
import { rerunJob } from '#lib/jobs/rerun';
import { serializeJob } from '#lib/jobs/serialize';
import { redeemedAt } from '#lib/redemptions/key';
import { redeem } from '#lib/redemptions/redeem';
import { rollBackRedemption } from '#lib/redemptions/rollback';
import { redeemInput } from '#lib/redemptions/schema';
import { actor, dataDir, db, pool } from '#lib/testing/database';
import { jobIn } from '#lib/testing/jobs';
import { seedCodes, seedPromotion } from '#lib/testing/seed';
import { startWorker } from '#lib/testing/worker';

async function runExport(promotionId: string, extra_columns: ExtraExportColumn[] = []) {
  const { id } = await createJob(db, actor, promotionId, { job_type: 'code_export', parameters: { extra_columns } });
  const job = await jobIn(db, id, 'completed');
  const bytes = await readFile(join(dataDir, 'exports', job.fileKey ?? ''));
  return { job, bytes, text: bytes.toString() };
}

/** Returns the number of temporary files that the database has written. A sort that does not fit into memory writes one. */
async function countTemporaryFiles(): Promise<string> {
  const { rows } = await pool.query(
    'select pg_stat_force_next_flush(), temp_files from pg_stat_database where datname = current_database()',
  );
  return rows[0].temp_files;
}

describe('an export', () => {
  it('an export contains exactly the codes in the order of their creation, and its job row has the rows, bytes and SHA-256', async () => {
    await using _worker = startWorker();
    const promotion = await seedPromotion(db);
    const jobId = await seedCodes(db, promotion, 500, 'may');
    const { job, bytes, text } = await runExport(promotion.id);
    const rows: Record<string, string>[] = parse(text, { columns: true });
    const codes = await db.promotionCode.findMany({ where: { promotionId: promotion.id }, orderBy: { id: 'asc' } });
    expect(rows.map((row) => row.code)).toEqual(codes.map(({ code }) => code));
    expect(rows[0]).toEqual({
      code: 'may-1',
      consume_unit: 'per_cart',
      max_uses: '1',
      uses: '1',
      user: '',
      job: jobId,
      created_by: 'seed@example.com',
      created_at: codes[0]?.createdAt.toISOString().replace(/T(.*)\..*/, ' $1Z'),
    });
    expect(job.fileRows).toBe(500);
    expect(job.fileBytes).toBe(BigInt(bytes.length));
    expect(job.fileSha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(text.endsWith('\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('an export of a promotion without codes contains only the header and no byte order mark', async () => {
    await using _worker = startWorker();
    const { text, job } = await runExport((await seedPromotion(db)).id);
    expect(text).toBe('code,consume_unit,max_uses,uses,user,job,created_by,created_at\r\n');
    expect(job.fileRows).toBe(0);
  });

  it('an export has no cell that a spreadsheet runs, and begins with a byte order mark when it has non-ASCII text', async () => {
    await using _worker = startWorker();
    const promotion = await seedPromotion(db);
    const jobId = await seedCodes(db, promotion, 1, 'x');
    await db.promotionJob.update({ where: { id: jobId }, data: { name: '=HYPERLINK("http://x","é, \\n")' } });
    await db.promotionCode.create({
      data: { promotionId: promotion.id, code: 'by-hand', consumeUnit: 'per_item', user: '@SUM(A1)', createdBy: '+client' },
    });
    const { text } = await runExport(promotion.id);
    expect(text.startsWith('\ufeff')).toBe(true);
    const rows: Record<string, string>[] = parse(text, { columns: true, bom: true });
    expect(rows[0]?.job).toBe(`'=HYPERLINK("http://x","é, \\n")`);
    expect(rows[1]).toMatchObject({ code: 'by-hand', max_uses: '', uses: '', user: "'@SUM(A1)", job: '', created_by: "'+client" });
    for (const row of rows) for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
  });

  it('an export begins with a byte order mark only when its own rows have non-ASCII text', async () => {
    await using _worker = startWorker();
    const promotion = await seedPromotion(db);
    await seedCodes(db, promotion, 1, 'plain');
    const hasByteOrderMark = async () => (await runExport(promotion.id)).text.startsWith('\ufeff');
    const { id: exportId } = await createJob(db, actor, promotion.id, { job_type: 'code_export', name: 'Für Köln' });
    await jobIn(db, exportId, 'completed');
    expect(await hasByteOrderMark()).toBe(false);
    const jobId = await seedCodes(db, promotion, 1, 'cologne');
    await db.promotionJob.update({ where: { id: jobId }, data: { name: 'Köln' } });
    expect(await hasByteOrderMark()).toBe(true);
    await db.promotionCode.deleteMany({ where: { jobId } });
    expect(await hasByteOrderMark()).toBe(false);
    for (const given of [{ code: 'ÉTÉ' }, { code: 'for-one', user: 'Zoë' }, { code: 'by-client', createdBy: '店' }]) {
      const data = { promotionId: promotion.id, consumeUnit: 'per_cart', createdBy: 'seed@example.com', ...given } as const;
      const { id } = await db.promotionCode.create({ data });
      expect(await hasByteOrderMark()).toBe(true);
      await db.promotionCode.deleteMany({ where: { promotionId: promotion.id, id } });
      expect(await hasByteOrderMark()).toBe(false);
    }
  });

  it('an export writes times in UTC with their zone, independent of the date style and time zone of the database', async () => {
    const { rows } = await pool.query<{ name: string }>('select current_database() as name');
    for (const setting of ["datestyle = 'German, DMY'", "timezone = 'Asia/Tokyo'"]) {
      await pool.query(`alter database "${rows[0]?.name}" set ${setting}`);
    }
    await using _worker = startWorker();
    const promotion = await seedPromotion(db);
    const createdAt = new Date('2026-11-27T14:15:00.999Z');
    await db.promotionCode.create({
      data: { promotionId: promotion.id, code: 'at-a-quarter-past', consumeUnit: 'per_cart', createdBy: 'me', createdAt },
    });
    const { text } = await runExport(promotion.id);
    const [row]: Record<string, string>[] = parse(text, { columns: true });
    expect(row?.created_at).toBe('2026-11-27 14:15:00Z');
  });

  it('an export names the job of each code for 21 and for 40 jobs', async () => {
    await using _worker = startWorker();
    const promotion = await seedPromotion(db);
    const jobIds: string[] = [];
    for (let n = 0; n < 40; n += 1) {
      jobIds.push(await seedCodes(db, promotion, 1, `many-${n}`));
      if (n !== 20 && n !== 39) continue;
      const { text } = await runExport(promotion.id);
      const rows: Record<string, string>[] = parse(text, { columns: true });
      expect(rows.map((row) => row.job)).toEqual(jobIds);
    }
  });

  it.each([20, 40])('an export reads the codes of %i jobs in key order without a sort and without table statistics', async (jobs) => {
    const promotion = await seedPromotion(db, { maxCodes: 100_000 });
    for (let n = 0; n < jobs; n += 1) await seedCodes(db, promotion, 80_000 / jobs, `of-${jobs}-${n}`);
    const before = await countTemporaryFiles();
    {
      await using _worker = startWorker();
      expect((await runExport(promotion.id)).job.fileRows).toBe(80_000);
    }
    expect(await countTemporaryFiles()).toBe(before);
  });

  it('an export with the columns used and last_used_at contains the number of uses and the time of the last use of each code', async () => {
    await using _worker = startWorker();
    const { id: promotionId } = await seedPromotion(db);
    const [limited, unlimited, returned, unused] = ['limited', 'unlimited', 'returned', 'unused'].map((name) => `${name}-${promotionId}`);
    const codes = [{ code: limited, uses: 3 }, { code: unlimited }, { code: returned }, { code: unused, uses: 1 }];
    await addCodes(db, actor, promotionId, addCodesInput.parse({ codes }));
    const redeemCode = async (code?: string) => (await redeem(db, actor, redeemInput.parse({ codes: [{ code }] })))[0]?.id ?? 0n;
    await redeemCode(unlimited);
    const [first, last] = [await redeemCode(limited), await redeemCode(unlimited)];
    const { promotionNumber, id } = await db.redemption.findFirstOrThrow({ where: { id: await redeemCode(returned) } });
    await rollBackRedemption(db, actor, { promotionNumber, id }, {});
    const { text, job } = await runExport(promotionId, ['used', 'last_used_at']);
    const second = (id: bigint) =>
      redeemedAt(id)
        .toISOString()
        .replace(/T(.*)\..*/, ' $1Z');
    const rows: Record<string, string>[] = parse(text, { columns: true });
    expect(rows.map(({ code, used, last_used_at }) => [code, used, last_used_at])).toEqual([
      [limited, '1', second(first)],
      [unlimited, '2', second(last)],
      [returned, '0', ''],
      [unused, '0', ''],
    ]);
    expect(serializeJob(job).meta).toMatchObject({ export: { extra_columns: ['used', 'last_used_at'] }, file: { rows: 4 } });
  });

  it('rerunJob creates an export with the same columns', async () => {
    await using _worker = startWorker();
    const { id: promotionId } = await seedPromotion(db);
    const { job } = await runExport(promotionId, ['used']);
    const { id } = await rerunJob(db, actor, { promotion_id: promotionId, job_id: job.id });
    expect(await jobIn(db, id, 'completed')).toMatchObject({ parameters: { extra_columns: ['used'] }, fileBytes: job.fileBytes });
  });

  it('an export leaves only its own file in the folder', async () => {
    await using _worker = startWorker();
    const { job } = await runExport((await seedPromotion(db)).id);
    const files = (await readdir(join(dataDir, 'exports'))).filter((name) => name.startsWith(job.id));
    expect(files).toEqual([job.fileKey]);
  });

  it('an export into an unwritable folder fails with a storage error and can be run again', async () => {
    const promotion = await seedPromotion(db);
    const { id } = await createJob(db, actor, promotion.id, { job_type: 'code_export' });
    await writeFile(join(dataDir, 'a-file'), '');
    {
      await using _worker = startWorker({ STORAGE_DIR: join(dataDir, 'a-file', 'exports') });
      const job = await jobIn(db, id, 'failed');
      expect(job.error).toMatch(/^storage_/);
      expect(job.fileKey).toBeNull();
    }
    await using _worker = startWorker();
    await runExport(promotion.id);
  });
});
