import { createMiddleware } from 'hono/factory';
import { limitConcurrency, limitRedemptions, tooManyConcurrentCalls, tooManyRedemptions } from '#lib/api/concurrency';
import type { ApiEnv } from '#lib/api/env';
import type { ErrorExample } from '#lib/api/openapi/responses';
import type { Actor } from '#lib/users/permissions';

/** Limits the concurrent calls of a client ({@link limitConcurrency}). Comes before the middleware that reads the body, so that waiting calls hold no body. */
export const limitConcurrentCalls = createMiddleware<{ Variables: ApiEnv['Variables'] & { client: Actor } }>((c, next) =>
  limitConcurrency(c.var.client.id, c.req.raw.signal, next),
);

/** Limits the concurrent redemptions of this process ({@link limitRedemptions}). Comes before the middleware that reads the body. */
export const limitConcurrentRedemptions = createMiddleware<ApiEnv>((c, next) => limitRedemptions(c.req.raw.signal, next));

/** The error of calls with {@link limitConcurrentRedemptions}. */
export const redemptionConcurrencyErrors: readonly ErrorExample[] = [{ code: 'unavailable', detail: tooManyRedemptions }];

/** The error of calls with {@link limitConcurrentCalls}. */
export const concurrencyErrors: readonly ErrorExample[] = [{ code: 'too_many_requests', detail: tooManyConcurrentCalls }];
