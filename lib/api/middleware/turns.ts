import { createMiddleware } from 'hono/factory';
import type { ApiEnv } from '#lib/api/env';
import type { ErrorExample } from '#lib/api/openapi/responses';
import { inTurn, redeemInTurn, tooManyRedemptions, tooManyTurns } from '#lib/api/turns';
import type { Actor } from '#lib/users/permissions';

/** Runs few calls of one client at once ({@link inTurn}). Stands before the body is read, so that waiting calls hold none. */
export const takesTurns = createMiddleware<{ Variables: ApiEnv['Variables'] & { client: Actor } }>((c, next) =>
  inTurn(c.var.client.id, c.req.raw.signal, next),
);

/** Runs few redemptions at once ({@link redeemInTurn}). Stands before the body is read. */
export const redeemsInTurn = createMiddleware<ApiEnv>((c, next) => redeemInTurn(c.req.raw.signal, next));

export const redeemTurnErrors: readonly ErrorExample[] = [{ code: 'unavailable', detail: tooManyRedemptions }];

export const turnErrors: readonly ErrorExample[] = [{ code: 'too_many_requests', detail: tooManyTurns }];
