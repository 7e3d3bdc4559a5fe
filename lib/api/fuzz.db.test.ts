import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openApiDocument } from '#lib/api/openapi/document';
import { publicId } from '#lib/redemptions/key';
import { redeem } from '#lib/redemptions/redeem';
import { redeemInput } from '#lib/redemptions/schema';
import { type ApiRequest, callApi, seedClient } from '#lib/testing/api';
import { nearly } from '#lib/testing/arbitrary';
import { answerValidator, operationsOf } from '#lib/testing/contract';
import { actor, db } from '#lib/testing/database';
import { seedCodes, seedPromotion } from '#lib/testing/seed';

// Random requests: every response must match the OpenAPI document and must not be 5xx.

const requests = 20_000;
// The number of database connections. More concurrent requests would wait for a connection, and some would fail.
const concurrency = 10;
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);

const document = await openApiDocument('http://promint.test');
const operations = operationsOf(document);
const perOperation = Math.ceil(requests / operations.length);
const validate = answerValidator(document);
const { schemas } = document.components;

type Resources = Record<string, string>[];

/** Creates promotions with a job, a code and a redemption, for the paths of one batch. */
async function createResources(): Promise<Resources> {
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
    { promotionId: large.id, jobId: pending.id, code: 'unknown-code', redemptionId: randomUUID() },
    { promotionId: ended.id, jobId: randomUUID(), code: 'unknown-code', redemptionId: 'x' },
  ];
}

const invalidPart = fc.oneof(
  fc.uuid(),
  fc.constantFrom('x', '..', '%', '\0', 'a/b', '😀'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }),
);

type Address = (resources: Resources) => string;

/** Paths that mostly belong to existing resources. The resources of a batch are created before it. */
function addresses(path: string): fc.Arbitrary<Address> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const invalidParts = names.map(() => fc.oneof({ arbitrary: fc.constant(undefined), weight: 6 }, { arbitrary: invalidPart, weight: 1 }));
  return fc.tuple(fc.nat(100), fc.tuple(...invalidParts)).map(([n, invalidParts]) => (resources) => {
    const resource = resources[n % resources.length];
    return names.reduce((path, name, i) => path.replace(`{${name}}`, () => encode(invalidParts[i] ?? resource?.[name] ?? '')), path);
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

const rawBodies: fc.Arbitrary<ApiRequest> = fc.record({
  raw: fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.constantFrom('', '{', '[]', '{"data":', '['.repeat(100_000), 'a'.repeat(300_000))),
  headers: fc.record({ 'content-type': fc.constantFrom('application/json', 'text/plain', 'application/json;x', '') }),
});

const idempotencyKeys: fc.Arbitrary<Record<string, string>> = fc.oneof(
  { arbitrary: fc.constant({}), weight: 3 },
  { arbitrary: fc.constantFrom('one', 'two', 'three', 'x'.repeat(300)).map((key) => ({ 'idempotency-key': key })), weight: 1 },
);

describe.each(operations)('%s', (_, { path, method, operation }) => {
  const schema = operation.requestBody?.content['application/json']?.schema;
  const bodies: fc.Arbitrary<ApiRequest> = !schema
    ? idempotencyKeys.map((headers) => ({ headers }))
    : fc.oneof(
        { arbitrary: fc.record({ body: nearly(schema, schemas), headers: idempotencyKeys }), weight: 9 },
        { arbitrary: rawBodies, weight: 1 },
      );
  const calls = fc.tuple(addresses(path), queries, bodies);

  test(`${method} ${path} answers ${perOperation} random requests as documented`, { timeout: 300_000 }, async () => {
    const failures: string[] = [];
    const samples = fc.sample(calls, { numRuns: perOperation, seed });
    while (samples.length > 0) {
      // A new client for each hundred requests, because of the rate limit.
      const [{ token }, resources] = await Promise.all([seedClient(db), createResources()]);
      for (let batch = samples.splice(0, 100); batch.length > 0; ) {
        await Promise.all(
          batch.splice(0, concurrency).map(async ([address, query, call]) => {
            const target = `${address(resources)}${query}`;
            const { status, body } = await callApi(target, { method, token, ...call });
            // A path with `..` can lead to another operation.
            const problems = leadsTo(path, target) ? validate(method, path, status, body) : [];
            if (status >= 500) problems.push(`${status}`);
            if (problems.length > 0) failures.push(`${method} ${target} ${JSON.stringify(call).slice(0, 500)}: ${problems.join('; ')}`);
          }),
        );
      }
    }
    expect(failures, `seed ${seed}`).toEqual([]);
  });
});
