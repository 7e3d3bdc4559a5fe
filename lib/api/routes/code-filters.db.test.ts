import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { seedClient } from '#lib/testing/api';
import { db } from '#lib/testing/database';
import { seedCodes, seedPromotion } from '#lib/testing/seed';

const { call } = await seedClient(db);
let path: string;

beforeEach(async () => {
  path = `/v2/promotions/${(await seedPromotion(db)).id}/codes`;
});

const uniqueCode = () => randomUUID().slice(0, 8);
const add = (codes: { code: string }[]) => call(path, { method: 'POST', body: { data: { codes } } });

test('GET /codes finds a quoted code with eq(code,…)', async () => {
  const code = `Code-${uniqueCode()}`;
  await add([{ code }]);
  const { body } = await call(`${path}?filter=${encodeURIComponent(`eq(code, "${code}")`)}`);
  expect(body).toMatchObject({ data: [{ code }], meta: { results: { total: 1 } } });
});

describe('GET /codes with gt(code,…)', () => {
  const list = (filter: string, query = '') => call(`${path}?filter=${encodeURIComponent(filter)}${query}`);
  const codesOf = ({ body }: { body: { data: { code: string }[] } }) => body.data.map(({ code }) => code);

  test('GET /codes with gt(code,…) lists the following codes in pages, in code order regardless of case', async () => {
    const [a, b, c, d] = [`a-${uniqueCode()}`, `B-${uniqueCode()}`, `c-${uniqueCode()}`, `D-${uniqueCode()}`];
    await add([d, b, c, a].map((code) => ({ code })));
    const all = await list(`gt(code,${a.toUpperCase()})`);
    expect([codesOf(all), all.body.meta.results.total]).toEqual([[b, c, d], 3]);
    const second = await list('gt(code,"a")', '&page[limit]=2&page[offset]=2');
    expect([codesOf(second), second.body.meta.page.total]).toEqual([[c, d], 2]);
    expect(second.body.links.next).toBeNull();
    expect(codesOf(await list(`gt(code,${a}):gt(code,${c})`))).toEqual([d]);
    expect(codesOf(await list(`gt(code,${b}):eq(code,${c})`))).toEqual([c]);
    expect(codesOf(await list(`gt(code,${c}):eq(code,${b})`))).toEqual([]);
    expect(codesOf(await list('gt(code,~)'))).toEqual([]);
  });

  test('GET /codes with gt(code,…) answers 400 and suggests an export for more than 10,000 codes', async () => {
    const large = await seedPromotion(db, { maxCodes: 20_000 });
    path = `/v2/promotions/${large.id}/codes`;
    const prefix = uniqueCode();
    await seedCodes(db, large, 10_000, prefix);
    expect((await list(`gt(code,${prefix})`)).body.meta.results.total).toBe(10_000);
    await add([{ code: uniqueCode() }]);
    const { status, body } = await list(`gt(code,${prefix})`);
    expect([status, body.errors[0].source, body.errors[0].detail]).toEqual([400, 'filter', expect.stringContaining('code_export')]);
  });

  test('gt(…) is rejected for promotions and for other attributes of codes', async () => {
    expect(await call('/v2/promotions?filter=gt(code,x)')).toMatchObject({ status: 400 });
    expect(await list('gt(user,x)')).toMatchObject({ status: 400, body: { errors: [{ detail: 'Could not parse the supplied filter' }] } });
  });

  test('GET /codes with gt(code,…) answers 404 for an unknown promotion', async () => {
    path = `/v2/promotions/${randomUUID()}/codes`;
    expect(await list('gt(code,x)')).toMatchObject({ status: 404 });
  });
});
