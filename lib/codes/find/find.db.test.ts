import { beforeAll, describe, expect, test } from 'vitest';
import { formatCode } from '#lib/codes/generator/alphabet';
import { listCodes, listCodesOfPromotion, lookUpCodes } from '#lib/codes/query';
import { codesAddress, lookUpInput } from '#lib/codes/schema';
import { findPromotions } from '#lib/promotions/find';
import { callApi, seedClient } from '#lib/testing/api';
import { actor, db } from '#lib/testing/database';
import { seedPromotion } from '#lib/testing/seed';

let promotionId: string;
let token: string;

/** Inserts a job and one code with these random characters. */
async function generate(random: string, codePrefix: string | null) {
  const settings = { numberOfCodes: 1, generated: 1, consumeUnit: 'per_cart', codeLength: random.length, codePrefix } as const;
  const finished = { jobType: 'code_generate', status: 'completed', finishedAt: new Date() } as const;
  const { id: jobId } = await db.promotionJob.create({ data: { promotionId, createdBy: 'me', ...settings, ...finished } });
  const code = formatCode(random, codePrefix ?? '');
  await db.promotionCode.create({ data: { promotionId, jobId, code, consumeUnit: 'per_cart', createdBy: 'me' } });
}

async function addByHand(...codes: string[]) {
  await db.promotionCode.createMany({ data: codes.map((code) => ({ promotionId, code, consumeUnit: 'per_cart', createdBy: 'me' })) });
}

beforeAll(async () => {
  ({ token } = await seedClient(db));
  ({ id: promotionId } = await seedPromotion(db));
  await generate('4wfmw8xj', 'mail');
  await generate('5cdfghjk22', 'Black-Friday_26-');
  await generate('zzzzyyyy', null);
  await addByHand('SUMMER-26', '(odd).', 'SALE10!', 'sum–mer', 'TWO WORDS', 'same1234', 'same-1234');
});

const page = { limit: 25, offset: 0 };
const lookUp = (text: string) => lookUpCodes(db, actor, lookUpInput.parse({ text }));
const codesOf = (found: Awaited<ReturnType<typeof lookUp>>) => found.map(({ code }) => code?.code);

/** Every function that reads a code from a text. */
const entrances: [string, (text: string) => Promise<(string | undefined)[]>][] = [
  ['the look-up over all promotions', async (text) => codesOf(await lookUp(text))],
  [
    "the promotion's list",
    async (search) => (await listCodes(db, promotionId, codesAddress.parse({ search })))?.codes.map(({ code }) => code) ?? [],
  ],
  [
    'eq(code) on codes',
    async (code) => (await listCodesOfPromotion(db, actor, { promotionId, code, ...page })).rows.map(({ code }) => code),
  ],
  [
    'eq(code) over HTTP',
    async (code) => {
      const { body } = await callApi(`/v2/promotions/${promotionId}/codes?filter=${encodeURIComponent(`eq(code,${code})`)}`, { token });
      return body.data.map((row: { code: string }) => row.code);
    },
  ],
];

describe.each(entrances)('%s', (_, find) => {
  test.each([
    'mail-4wfm-w8xj',
    'MAIL-4WFM-W8XJ',
    'mail–4wfm–w8xj',
    'mail\u00a04wfm\u00a0w8xj',
    'mail-4wfm\u00ad-w8xj',
    'mail-4wfm-\u200bw8xj',
    '\u00a0mail-4wfm-w8xj\u00a0',
    'ｍａｉｌ－４ｗｆｍ－ｗ８ｘｊ',
    'mail 4wfm w8xj',
    'mail4wfmw8xj',
    'Mail - 4wfm - W8XJ',
    '(mail-4wfm-w8xj).',
    '"mail-4wfm-w8xj"',
    '“mail4wfmw8xj”!',
  ])('finds the code mail-4wfm-w8xj for %j', async (text) => {
    expect(await find(text)).toEqual(['mail-4wfm-w8xj']);
  });

  test.each([
    ['blackfriday265cdfghjk22', 'Black-Friday_26-5cdf-ghjk-22'],
    ['black friday 26 5cdf ghjk 22', 'Black-Friday_26-5cdf-ghjk-22'],
    ['ZZZZ YYYY', 'zzzz-yyyy'],
    ['zzzzyyyy', 'zzzz-yyyy'],
    ['summer26', 'SUMMER-26'],
    ['Summer 26', 'SUMMER-26'],
    ['summer‑26,'.slice(0, -1), 'SUMMER-26'],
    ['(ODD).', '(odd).'],
    ['sale１０！', 'SALE10!'],
    ['sum–mer', 'sum–mer'],
    ['two words', 'TWO WORDS'],
  ])('finds for %j the code %j', async (text, code) => {
    expect(await find(text)).toEqual([code]);
  });

  test('prefers the code with the same spelling to one that differs in dashes', async () => {
    expect(await find('same1234')).toEqual(['same1234']);
    expect(await find('Same–1234')).toEqual(['same-1234']);
  });
});

test('findPromotions finds the promotion of a code without its dashes', async () => {
  for (const code of ['mail 4wfm w8xj', 'SUMMER26', '“zzzzyyyy”'])
    expect((await findPromotions(db, actor, { code, ...page })).rows).toMatchObject([{ id: promotionId }]);
  expect((await findPromotions(db, actor, { code: 'mail 4wfm w8xk', ...page })).rows).toEqual([]);
});

test('lookUpCodes finds each code of a letter once, line by line, and returns the words that are no code', async () => {
  const found = await lookUp('mail 4wfm w8xj, ZZZZYYYY thanks\n"SUMMER–26"; mail4wfmw8xj\nunheard-of');
  expect(found.map(({ given, code }) => [given, code?.code])).toEqual([
    ['mail 4wfm w8xj', 'mail-4wfm-w8xj'],
    ['ZZZZYYYY', 'zzzz-yyyy'],
    ['thanks', undefined],
    ['SUMMER–26', 'SUMMER-26'],
    ['unheard-of', undefined],
  ]);
});

test('lookUpCodes returns both of two codes that differ from the text only in dashes', async () => {
  expect(codesOf(await lookUp('same 12 34'))).toEqual(['same-1234', 'same1234']);
});

test('listCodes finds a part of a code independent of its dashes', async () => {
  const list = await listCodes(db, promotionId, codesAddress.parse({ search: '4wfmw8' }));
  expect(list?.codes.map(({ code }) => code)).toEqual(['mail-4wfm-w8xj']);
});
