import type { ErrorHandler } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '#lib/api/env';
import { refusalHeaders } from '#lib/api/refusal';
import { databaseRefusal } from '#lib/database/fault';
import { DomainError, maxProblems } from '#lib/errors';
import { log } from '#lib/log';

/** The body of every error. */
export const errorAnswer = z
  .object({
    errors: z.array(
      z.object({
        status: z.string().meta({ description: 'The HTTP status, as text.' }),
        title: z.string(),
        detail: z.string().optional().meta({ description: 'What is wrong, for a person.' }),
        source: z.string().optional().meta({ description: 'The field or parameter that is wrong.' }),
        reason: z.string().optional().meta({ description: 'Of a code that cannot be redeemed: why, for a program.' }),
      }),
    ),
    meta: z
      .object({
        request_id: z.string().meta({ description: 'What the header `X-Request-Id` says: tell it when you ask for help.' }),
        total_errors: z
          .int()
          .optional()
          .meta({ description: `How many errors there are, when there are more than the ${maxProblems} that are listed.` }),
        job_id: z.uuid().optional().meta({ description: 'Of "Too many jobs": the active job of the promotion.' }),
      })
      .optional(),
  })
  .meta({ id: 'Error' });

/** Answers what a call threw: refusals of the domain by the table in `#lib/errors`, everything else with 500 and a line in the log. */
export const answerError: ErrorHandler<ApiEnv> = (thrown, c) => {
  const error = refusalOf(thrown, c.var.requestId);
  return c.json(errorBody(error, c.var), error.status, refusalHeaders(error));
};

/** The refusal that a client gets for an error. */
export function refusalOf(thrown: unknown, requestId: string): DomainError {
  if (thrown instanceof DomainError) return thrown;
  const refused = databaseRefusal(thrown);
  if (refused) return refused;
  log.error({ request_id: requestId, error: thrown }, 'an API call failed');
  return new DomainError('internal', 'Something went wrong on the server');
}

function errorBody(error: DomainError, { requestId, fieldName }: ApiEnv['Variables']): z.output<typeof errorAnswer> {
  const { title, problems, problemCount, jobId } = error;
  const status = String(error.status);
  // Existing clients know this answer to the letter; its request id stands in the header alone.
  if (error.code === 'unauthorized') return { errors: [{ status, title }] };
  const errors = problems.map(({ detail, source: field, reason }) => {
    const source = field === undefined ? undefined : fieldName?.(field);
    return { status, title, detail, ...(source !== undefined && { source }), ...(reason !== undefined && { reason }) };
  });
  const total = problemCount > errors.length && { total_errors: problemCount };
  return { errors, meta: { request_id: requestId, ...total, ...(jobId !== undefined && { job_id: jobId }) } };
}
