import { beforeAll, describe, expect, test } from 'vitest';
import { listCodes, lookUpCodes } from '#lib/codes/query';
import { codesAddress, lookUpInput } from '#lib/codes/schema';
import type { Db } from '#lib/db';
import { actor, db, pool } from '#lib/testing/database';
import { plansOf } from '#lib/testing/plans';
import { seedCodes, seedPromotion } from '#lib/testing/seed';

const many = 200_000;
let promotionId: string;
let neighbourId: string;

/** Inserts a job and its codes `<prefix>-0000001` and so on. */
async function insertCodes(promotion: string, prefix: string, n: number) {
  await pool.query(
    `insert into promotion_jobs
       (promotion_id, job_type, status, number_of_codes, generated, consume_unit, code_length, code_prefix, created_by, finished_at)
     values ($1, 'code_generate', 'completed', $3, $3, 'per_cart', 8, $2, 'seed@example.com', now())`,
    [promotion, prefix, n],
  );
  await pool.query(
    `insert into promotion_codes (promotion_id, job_id, code, consume_unit, created_by)
     select promotion_id, id, code_prefix || '-' || lpad(i::text, 7, '0'), 'per_cart', created_by
     from promotion_jobs cross join generate_series(1, $2::int) as i where promotion_id = $1`,
    [promotion, n],
  );
}

beforeAll(async () => {
  promotionId = (await seedPromotion(db, { maxCodes: 1_000_000 })).id;
  neighbourId = (await seedPromotion(db, { maxCodes: 1_000_000 })).id;
  await insertCodes(promotionId, 'Big', many);
  await insertCodes(neighbourId, 'aaa', 20_000);
  const { id: byHandId } = await seedPromotion(db, { maxCodes: 10_000 });
  await pool.query(
    `insert into promotion_codes (promotion_id, code, consume_unit, created_by)
     select $1, 'By-Hand-' || i, 'per_cart', 'x' from generate_series(1, 5000) as i`,
    [byHandId],
  );
  await pool.query('analyze promotion_codes');
}, 60_000);

const list = async (given: object, promotion = promotionId) => {
  const page = await listCodes(db, promotion, codesAddress.parse(given));
  if (!page) throw new Error('no such promotion');
  return page;
};
const codesOf = ({ codes }: Awaited<ReturnType<typeof list>>) => codes.map(({ code }) => code);

describe('listCodes', () => {
  test('listCodes returns the newest codes first, up to the last page of a list', async () => {
    const first = await list({});
    expect(codesOf(first).slice(0, 2)).toEqual(['Big-0200000', 'Big-0199999']);
    expect(first).toMatchObject({ total: many, page: 1, pages: 401, beyond: true });
    expect(codesOf(await list({ page: '401' })).at(-1)).toBe('Big-0189976');
  });

  test('listCodes sorts by code', async () => {
    expect(codesOf(await list({ order: 'code' })).slice(0, 2)).toEqual(['Big-0000001', 'Big-0000002']);
    expect(codesOf(await list({ order: 'code', page: '401' }))[0]).toBe('Big-0010001');
    expect(codesOf(await list({ order: 'code' }, neighbourId))).toHaveLength(25);
  });

  test('listCodes sorts by code when other promotions have codes before and between', async () => {
    const { id } = await seedPromotion(db);
    await insertCodes(id, 'b', 40);
    await pool.query(`insert into promotion_codes (promotion_id, code, consume_unit, created_by) values ($1, 'AAA', 'per_cart', 'x')`, [
      id,
    ]);
    expect(codesOf(await list({ order: 'code' }, id)).slice(0, 2)).toEqual(['AAA', 'b-0000001']);
    expect(codesOf(await list({ order: 'code', page: '2' }, id)).at(-1)).toBe('b-0000040');
  });

  test('listCodes finds a part of a code in any case, only in its promotion', async () => {
    const found = await list({ search: 'G-00123', order: 'code' });
    expect(codesOf(found).slice(0, 2)).toEqual(['Big-0012300', 'Big-0012301']);
    expect(found).toMatchObject({ total: 100, pages: 4, beyond: false });
    expect(codesOf(await list({ search: 'g-00123' }))[0]).toBe('Big-0012399');
    expect((await list({ search: 'aaa-' })).total).toBe(0);
  });

  test('listCodes counts the matches of a search up to the last page of a list', async () => {
    const found = await list({ search: 'big', page: '401' });
    expect(found).toMatchObject({ total: 10_001, page: 401, pages: 401 });
    expect(codesOf(found)[0]).toBe('Big-0190000');
  });
});

test('listCodes searches for the wildcard characters of patterns literally', async () => {
  const { id } = await seedPromotion(db);
  await pool.query(
    `insert into promotion_codes (promotion_id, code, consume_unit, created_by)
     select $1, code, 'per_cart', 'x' from unnest(array['a%b', 'a_b', 'a\\b', 'axb']) as code`,
    [id],
  );
  expect(codesOf(await list({ search: '%' }, id))).toEqual(['a%b']);
  expect(codesOf(await list({ search: '_' }, id))).toEqual(['a_b']);
  expect(codesOf(await list({ search: '\\' }, id))).toEqual(['a\\b']);
});

test('listCodes returns the last page for a number past the end, and one page without codes', async () => {
  const promotion = await seedPromotion(db);
  expect(await list({ page: '3' }, promotion.id)).toMatchObject({ codes: [], total: 0, page: 1, pages: 1 });
  await seedCodes(db, promotion, 30, 'few');
  for (const order of ['newest', 'code'])
    expect(await list({ order, page: '9' }, promotion.id)).toMatchObject({ page: 2, pages: 2, codes: { length: 5 } });
  expect(await list({ search: 'few-3', page: '9' }, promotion.id)).toMatchObject({ page: 1, total: 2 });
  expect(await listCodes(db, '00000000-0000-4000-8000-000000000000', codesAddress.parse({}))).toBeNull();
});

test('listCodes returns the uses, the job and the user of a code', async () => {
  const promotion = await seedPromotion(db);
  const jobId = await seedCodes(db, promotion, 1, 'one');
  await db.promotionJob.update({ where: { id: jobId }, data: { name: 'First batch' } });
  await pool.query(
    `insert into promotion_codes (promotion_id, code, consume_unit, max_uses, uses, "user", created_by)
     values ($1, 'BY-HAND', 'per_item', 5, 2, 'anna@example.com', 'me')`,
    [promotion.id],
  );
  const { codes } = await list({}, promotion.id);
  expect(codes).toEqual([
    expect.objectContaining({ code: 'BY-HAND', consumeUnit: 'per_item', maxUses: 5, usesLeft: 2, user: 'anna@example.com', job: null }),
    expect.objectContaining({ code: 'one-1', maxUses: 1, usesLeft: 1, user: null, job: { id: jobId, name: 'First batch' } }),
  ]);
});

test('lookUpCodes finds codes of all promotions in any case, in the order of the input', async () => {
  const answers = await lookUpCodes(db, actor, lookUpInput.parse({ text: 'AAA-0000001 nothing; Big-0000007, big0000007' }));
  expect(answers.map(({ given, code }) => [given, code?.code, code?.promotionId])).toEqual([
    ['AAA-0000001', 'aaa-0000001', neighbourId],
    ['nothing', undefined, undefined],
    ['Big-0000007', 'Big-0000007', promotionId],
    ['big0000007', undefined, undefined],
  ]);
  expect(answers[0]?.promotion).toMatchObject({ status: 'running' });
  expect(answers[1]?.promotion).toBeNull();
});

describe('the indexes serve', () => {
  test.each<[string, (db: Db) => Promise<unknown>, string[]]>([
    ['the newest', (db) => listCodes(db, promotionId, codesAddress.parse({})), ['pkey', 'pkey']],
    ['the newest far back', (db) => listCodes(db, promotionId, codesAddress.parse({ page: 401 })), ['pkey', 'pkey']],
    ['the order of codes', (db) => listCodes(db, promotionId, codesAddress.parse({ order: 'code' })), ['code_key', 'pkey']],
    [
      'the order of codes far on',
      (db) => listCodes(db, promotionId, codesAddress.parse({ order: 'code', page: 401 })),
      ['code_key', 'pkey'],
    ],
    [
      'whole codes',
      (db) => lookUpCodes(db, actor, lookUpInput.parse({ text: 'Big-0000001 none' })),
      ['code_key', 'by_hand_bare_idx', 'code_key'],
    ],
  ])('%s', async (_, read, indexes) => {
    const plans = await plansOf('promotion_codes', read);
    expect(plans).toHaveLength(indexes.length);
    for (const [i, index] of indexes.entries()) {
      expect(plans[i]).toContain(`promotion_codes_${index}`);
      expect(plans[i]).not.toContain('Seq Scan on promotion_codes');
    }
  });
});
