import type { Context } from 'hono';
import type { OpenAPIV3_1 } from 'openapi-types';
import type { ApiEnv } from '#lib/api/env';
import type { ErrorExample } from '#lib/api/openapi/responses';
import { type Db, db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { idempotencyKey, idempotent, keptHours } from '#lib/idempotency';
import type { Actor } from '#lib/users/permissions';

type Env = { Variables: ApiEnv['Variables'] & { client: Actor; bodyBytes: Uint8Array } };

/**
 * Runs `create` and answers 201 with its result. A repeated call with the same `Idempotency-Key` gets the first response. This is not
 * a Hono middleware, because `create` runs again after a deadlock, and Hono calls the next handler only once.
 */
export async function createOnce(c: Context<Env>, create: (db: Db) => Promise<object>): Promise<Response> {
  const work = async (db: Db) => ({ status: 201, text: JSON.stringify(await create(db)) });
  const { text, repeated } = await run(c, work);
  return c.body(text, 201, { 'content-type': 'application/json', ...(repeated && { 'idempotency-replayed': 'true' }) });
}

async function run(c: Context<Env>, work: (db: Db) => Promise<{ status: number; text: string }>) {
  const given = c.req.header('idempotency-key');
  if (given === undefined) return { ...(await work(db())), repeated: false };
  const parsed = idempotencyKey.safeParse(given);
  if (!parsed.success) throw new DomainError('bad_request', parsed.error.issues[0]?.message ?? 'Idempotency-Key');
  const start = Buffer.from(`${c.req.method} ${new URL(c.req.url).pathname}\n`);
  const request = Buffer.concat([start, c.var.bodyBytes]);
  return idempotent(db(), c.var.client, { key: parsed.data, request, whileBusy: 'refuse' }, work);
}

/** The header `Idempotency-Key` in the OpenAPI document. */
export const idempotencyParameter: OpenAPIV3_1.ParameterObject = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: `A key that you choose for this request. For ${keptHours} hours, the same request with the same key gets the first response again.`,
  schema: { type: 'string', maxLength: 255 },
};

/** The errors of calls that accept an `Idempotency-Key`. */
export const idempotencyErrors: readonly ErrorExample[] = [
  { code: 'bad_request', detail: 'Idempotency-Key takes 1 to 255 printable ASCII characters' },
  { code: 'conflict', detail: 'A request with this Idempotency-Key is under way' },
  { code: 'unprocessable', detail: 'This Idempotency-Key was used for another request' },
];
