import { z } from 'zod';
import type { ErrorCode, Problem } from '#lib/errors';
import type { LongList } from '#lib/input/parse';
import type { Permission } from '#lib/users/permissions';

/** An error that an endpoint answers, as its documentation shows it. */
export type ErrorExample = { code: ErrorCode } & Problem;

/**
 * One call of the API: what it takes, what it answers, who may make it. Routes are made of these (`#lib/api`), and so
 * is the OpenAPI document, which therefore says what the server does.
 */
export type Endpoint<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  A extends z.ZodType = z.ZodType,
> = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With `{name}` for each of `params`. */
  path: string;
  permission: Permission;
  /** Where it stands in the documentation. */
  group: string;
  /** Its name in the documentation and in clients made from it: `createJob`. */
  id: string;
  summary: string;
  description?: string;
  /** The message of what does not parse is the detail of a 404. */
  params: P;
  query: Q;
  body: B;
  /** Above it, 413. */
  maximumBytes?: number;
  /** A list in its body that may be long. */
  list?: LongList;
  /** Adds or removes codes: of one client, few of these calls run at once ({@link inTurn}). */
  takesTurns?: true;
  /** Makes something, and takes an `Idempotency-Key` for that. */
  repeatable?: true;
  status: 200 | 201 | 204;
  answer: A;
  /** What it can refuse, beyond what every call can ({@link commonErrors}). */
  errors: readonly ErrorExample[];
  examples: { body?: Record<string, unknown>; answer?: unknown };
};

/** Says of a value that it is an endpoint, and keeps what its schemas are. */
export function endpoint<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  declared: Endpoint<P, Q, B, A>,
): Endpoint<P, Q, B, A> {
  return declared;
}

export const noParams = z.object({});
export const noQuery = z.object({});
/** A body is neither needed nor looked at. */
export const noBody = z.undefined();
export const noAnswer = z.void();

/** The parts of an address that name a promotion and a job of it. */
export const promotionParams = z.object({ promotionId: z.uuid('promotion not found').meta({ description: 'The id of the promotion.' }) });
export const jobParams = promotionParams.extend({ jobId: z.uuid('job not found').meta({ description: 'The id of the job.' }) });
