import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Asked, ask as askAny, seedClient } from '#lib/testing/api';
import { db } from '#lib/testing/database';
import { seedCodes, seedPromotion } from '#lib/testing/seed';

// The filters of the codes of a promotion.

let token: string;
let path: string;

beforeAll(async () => {
  ({ token } = await seedClient(db));
});

beforeEach(async () => {
  path = `/v2/promotions/${(await seedPromotion(db)).id}/codes`;
});

const ask = (path: string, asked: Asked = {}) => askAny(path, { token, ...asked });
const fresh = () => randomUUID().slice(0, 8);
const add = (codes: { code: string }[]) => ask(path, { method: 'POST', body: { data: { codes } } });

test('a filter finds a code in quotes', async () => {
  const code = `Code-${fresh()}`;
  await add([{ code }]);
  const { body } = await ask(`${path}?filter=${encodeURIComponent(`eq(code, "${code}")`)}`);
  expect(body).toMatchObject({ data: [{ code }], meta: { results: { total: 1 } } });
});

describe('the filter gt(code,x)', () => {
  const list = (filter: string, query = '') => ask(`${path}?filter=${encodeURIComponent(filter)}${query}`);
  const codesOf = ({ body }: { body: { data: { code: string }[] } }) => body.data.map(({ code }) => code);

  test('lists the codes after x in the order of codes, in any case, page by page', async () => {
    const [a, b, c, d] = [`a-${fresh()}`, `B-${fresh()}`, `c-${fresh()}`, `D-${fresh()}`];
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

  test('works up to 10,000 codes, and points to an export above', async () => {
    const large = await seedPromotion(db, { maxCodes: 20_000 });
    path = `/v2/promotions/${large.id}/codes`;
    const prefix = fresh();
    await seedCodes(db, large, 10_000, prefix);
    expect((await list(`gt(code,${prefix})`)).body.meta.results.total).toBe(10_000);
    await add([{ code: fresh() }]);
    const { status, body } = await list(`gt(code,${prefix})`);
    expect([status, body.errors[0].source, body.errors[0].detail]).toEqual([400, 'filter', expect.stringContaining('code_export')]);
  });

  test('is refused on promotions, and on another attribute', async () => {
    expect(await ask('/v2/promotions?filter=gt(code,x)')).toMatchObject({ status: 400 });
    expect(await list('gt(user,x)')).toMatchObject({ status: 400, body: { errors: [{ detail: 'Could not parse the supplied filter' }] } });
  });

  test('of no promotion is 404', async () => {
    path = `/v2/promotions/${randomUUID()}/codes`;
    expect(await list('gt(code,x)')).toMatchObject({ status: 404 });
  });
});
