import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openApiDocument } from '#lib/api/openapi/document';
import { publicId } from '#lib/redemptions/key';
import { redeem } from '#lib/redemptions/redeem';
import { redeemInput } from '#lib/redemptions/schema';
import { type Asked, ask, seedClient } from '#lib/testing/api';
import { nearly } from '#lib/testing/arbitrary';
import { answerValidator, operationsOf } from '#lib/testing/contract';
import { actor, db } from '#lib/testing/database';
import { seedCodes, seedPromotion } from '#lib/testing/seed';

// Whatever is asked, the answer is one that the document lists, in the form it says, and never 5xx.

const requests = 20_000;
// As many as there are connections to the database: more would wait for one, and some in vain.
const atOnce = 10;
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);

const document = await openApiDocument('http://promint.test');
const operations = operationsOf(document);
const perOperation = Math.ceil(requests / operations.length);
const validate = answerValidator(document);
const { schemas } = document.components;

type Things = Record<string, string>[];

/** Promotions of different kinds, with a job and a code: what the addresses of one batch lead to. */
async function makeThings(): Promise<Things> {
  const prefix = randomUUID().slice(0, 8);
  const [open, automatic, large, ended] = await Promise.all([
    seedPromotion(db),
    seedPromotion(db, { automatic: true }),
    seedPromotion(db, { maxCodes: 50_000 }),
    seedPromotion(db, { start: new Date(0), end: new Date(1000) }),
  ]);
  const completed = await seedCodes(db, open, 30, prefix);
  const pending = await db.promotionJob.create({ data: { promotionId: large.id, jobType: 'code_export', createdBy: 'me' } });
  const [redemptionId = ''] = (await redeem(db, actor, redeemInput.parse({ codes: [{ code: `${prefix}-4` }], hold_seconds: 60 }))).map(
    publicId,
  );
  return [
    ...[1, 2, 3].map((n) => ({ promotionId: open.id, jobId: completed, code: `${prefix}-${n}`, redemptionId })),
    { promotionId: automatic.id, jobId: completed, code: `${prefix}-1`, redemptionId },
    { promotionId: large.id, jobId: pending.id, code: 'unheard-of', redemptionId: randomUUID() },
    { promotionId: ended.id, jobId: randomUUID(), code: 'unheard-of', redemptionId: 'x' },
  ];
}

const odd = fc.oneof(
  fc.uuid(),
  fc.constantFrom('x', '..', '%', '\0', 'a/b', '😀'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }),
);

type Address = (things: Things) => string;

/** Mostly an address that leads somewhere; things are made before each batch. */
function addresses(path: string): fc.Arbitrary<Address> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const odds = names.map(() => fc.oneof({ arbitrary: fc.constant(undefined), weight: 6 }, { arbitrary: odd, weight: 1 }));
  return fc.tuple(fc.nat(100), fc.tuple(...odds)).map(([n, odds]) => (things) => {
    const thing = things[n % things.length];
    return names.reduce((path, name, i) => path.replace(`{${name}}`, () => encode(odds[i] ?? thing?.[name] ?? '')), path);
  });
}

function leadsTo(path: string, address: string): boolean {
  return new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(new URL(address, 'http://promint.test').pathname);
}

const encode = (text: string) => encodeURIComponent(text.toWellFormed());

const queries = fc.oneof(
  { arbitrary: fc.constant(''), weight: 2 },
  {
    arbitrary: fc
      .array(
        fc.tuple(
          fc.constantFrom('page[limit]', 'page[offset]', 'filter', 'sort'),
          fc.oneof(
            fc.constantFrom(
              '1',
              '100',
              '101',
              '-1',
              '10000',
              'eq(status,failed)',
              'eq(code,fuzz-1)',
              'eq(job_type, code_export):eq(status,complete)',
              'eq(code,a:b)',
              'gt(code,"a, b")',
              'ge(used_on,2026-01-01):lt(used_on,2100-01-01)',
              '-used_on',
              'order_id',
            ),
            fc.string({ unit: 'binary', maxLength: 60 }),
          ),
        ),
        { maxLength: 3 },
      )
      .map((pairs) => `?${pairs.map(([name, value]) => `${name}=${encode(value)}`).join('&')}`),
    weight: 1,
  },
);

const raws: fc.Arbitrary<Asked> = fc.record({
  raw: fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.constantFrom('', '{', '[]', '{"data":', '['.repeat(100_000), 'a'.repeat(300_000))),
  headers: fc.record({ 'content-type': fc.constantFrom('application/json', 'text/plain', 'application/json;x', '') }),
});

const keys: fc.Arbitrary<Record<string, string>> = fc.oneof(
  { arbitrary: fc.constant({}), weight: 3 },
  { arbitrary: fc.constantFrom('one', 'two', 'three', 'x'.repeat(300)).map((key) => ({ 'idempotency-key': key })), weight: 1 },
);

describe.each(operations)('%s', (_, { path, method, operation }) => {
  const schema = operation.requestBody?.content['application/json']?.schema;
  const bodies: fc.Arbitrary<Asked> = !schema
    ? keys.map((headers) => ({ headers }))
    : fc.oneof({ arbitrary: fc.record({ body: nearly(schema, schemas), headers: keys }), weight: 9 }, { arbitrary: raws, weight: 1 });
  const calls = fc.tuple(addresses(path), queries, bodies);

  test(`answers ${perOperation} requests as it says`, { timeout: 300_000 }, async () => {
    const wrong: string[] = [];
    const asked = fc.sample(calls, { numRuns: perOperation, seed });
    while (asked.length > 0) {
      // A new client for each hundred: so many may it ask at once.
      const [{ token }, things] = await Promise.all([seedClient(db), makeThings()]);
      for (let batch = asked.splice(0, 100); batch.length > 0; ) {
        await Promise.all(
          batch.splice(0, atOnce).map(async ([address, query, call]) => {
            const at = `${address(things)}${query}`;
            const { status, body } = await ask(at, { method, token, ...call });
            // `..` in an address can lead to another one.
            const problems = leadsTo(path, at) ? validate(method, path, status, body) : [];
            if (status >= 500) problems.push(`${status}`);
            if (problems.length > 0) wrong.push(`${method} ${at} ${JSON.stringify(call).slice(0, 500)}: ${problems.join('; ')}`);
          }),
        );
      }
    }
    expect(wrong, `seed ${seed}`).toEqual([]);
  });
});
