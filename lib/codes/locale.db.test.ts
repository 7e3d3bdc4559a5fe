import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createClient } from '#lib/clients/create';
import { createClientInput } from '#lib/clients/schema';
import { addCodes } from '#lib/codes/add';
import { listCodes, listCodesOfPromotion, lookUpCodes } from '#lib/codes/query';
import { removeCodes } from '#lib/codes/remove';
import { addCodesInput, codesAddress, lookUpInput } from '#lib/codes/schema';
import { connect } from '#lib/db';
import { findPromotions } from '#lib/promotions/find';
import { listPromotions } from '#lib/promotions/query';
import { promotionListInput } from '#lib/promotions/schema';
import { actor } from '#lib/testing/database';
import { dropDatabase, execute, prepareDatabase } from '#lib/testing/postgres';
import { seedCodes, seedPromotion, seedUser } from '#lib/testing/seed';

// In a Turkish database lower('SIX') is 'sıx'.

const server = inject('postgres');
const name = `turkish_${randomUUID()}`;
const address = new URL(server.databaseUrl);
address.pathname = `/${name}`;
const { db, pool, close } = connect(address.href, 2);
let promotionId: string;

beforeAll(async () => {
  await execute(server.databaseUrl, `create database "${name}" template template0 encoding 'UTF8' locale_provider icu icu_locale 'tr-TR'`);
  await prepareDatabase(address.href);
  ({ id: promotionId } = await seedPromotion(db, { name: 'SIX İĞNE für' }));
  await addCodes(db, actor, promotionId, addCodesInput.parse({ codes: [{ code: 'SIX' }, { code: 'mini-IRIS' }] }));
  const jobId = await seedCodes(db, { id: promotionId }, 60, 'INDIGO');
  await db.promotionJob.update({ where: { id: jobId }, data: { codePrefix: 'INDIGO' } });
}, 60_000);

afterAll(async () => {
  await close();
  await dropDatabase(server.databaseUrl, name);
});

test('the database of these tests lower-cases I by Turkish rules', async () => {
  const { rows } = await pool.query(`select lower('SIX') as lower, 'SIX' ilike 'six' as alike`);
  expect(rows).toEqual([{ lower: 'sıx', alike: false }]);
});

describe.each(['SIX', 'six', 'Six'])('in a Turkish database, the code SIX requested as %s', (code) => {
  test('in a Turkish database, lookUpCodes finds a code in any case', async () => {
    const found = await lookUpCodes(db, actor, lookUpInput.parse({ text: code }));
    expect(found.map((answer) => answer.code?.code)).toEqual(['SIX']);
  });

  test('in a Turkish database, listCodes finds a code in any case', async () => {
    expect((await listCodes(db, promotionId, codesAddress.parse({ search: code })))?.codes.map((row) => row.code)).toEqual(['SIX']);
  });

  test('in a Turkish database, the filters of the API find a code in any case', async () => {
    const page = { limit: 25, offset: 0 };
    expect((await listCodesOfPromotion(db, actor, { promotionId, code, ...page })).rows).toMatchObject([{ code: 'SIX' }]);
    expect((await findPromotions(db, actor, { code, ...page })).rows).toMatchObject([{ id: promotionId }]);
  });

  test('cannot be added a second time', async () => {
    await expect(addCodes(db, actor, promotionId, addCodesInput.parse({ codes: [{ code }] }))).rejects.toMatchObject({ code: 'conflict' });
  });
});

test('in a Turkish database, the order by code begins with the first code of a prefix in capitals', async () => {
  const list = await listCodes(db, promotionId, codesAddress.parse({ order: 'code' }));
  expect(list?.codes[0]?.code).toBe('INDIGO-1');
});

test('in a Turkish database, codes are removed in any case', async () => {
  await removeCodes(db, actor, promotionId, { codes: [{ code: 'MINI-iris' }] });
  expect(await db.promotionCode.count({ where: { promotionId, code: 'mini-IRIS' } })).toBe(0);
});

test.each(['six', 'SIX', 'FÜR', 'für'])('in a Turkish database, the promotion "SIX İĞNE für" is found by %s', async (search) => {
  expect((await listPromotions(db, promotionListInput.parse({ search }))).promotions).toMatchObject([{ id: promotionId }]);
});

test('in a Turkish database, two active clients cannot have the same name in different case', async () => {
  await createClient(db, actor, createClientInput.parse({ name: 'IRIS' }));
  await expect(createClient(db, actor, createClientInput.parse({ name: 'iris' }))).rejects.toMatchObject({ code: 'invalid_input' });
});

test('in a Turkish database, an email address with an i can be stored', async () => {
  await expect(seedUser(db, 'administrator')).resolves.toMatchObject({ role: 'administrator' });
});
