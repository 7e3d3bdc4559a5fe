import type { ErrorHandler } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '#lib/api/env';
import { errorHeaders } from '#lib/api/http-error';
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
        detail: z.string().optional().meta({ description: 'The problem, as text for a person.' }),
        source: z.string().optional().meta({ description: 'The invalid field or parameter.' }),
        reason: z.string().optional().meta({ description: 'The reason why a code cannot be redeemed, as a value for programs.' }),
      }),
    ),
    meta: z
      .object({
        request_id: z.string().meta({ description: 'The value of the header `X-Request-Id`. Include it when you ask for help.' }),
        total_errors: z
          .int()
          .optional()
          .meta({ description: `The total number of errors, when it exceeds the ${maxProblems} errors in the list.` }),
        job_id: z.uuid().optional().meta({ description: 'The active job of the promotion, for the error "Too many jobs".' }),
      })
      .optional(),
  })
  .meta({ id: 'Error' });

/** Converts an error to a response: a DomainError by the table in `#lib/errors`, and any other error to 500 with a log line. */
export const answerError: ErrorHandler<ApiEnv> = (thrown, c) => {
  const error = toDomainError(thrown, c.var.requestId);
  return c.json(errorBody(error, c.var), error.status, errorHeaders(error));
};

/** Converts an error to the DomainError that the client gets, and logs unexpected errors. */
export function toDomainError(thrown: unknown, requestId: string): DomainError {
  if (thrown instanceof DomainError) return thrown;
  const refused = databaseRefusal(thrown);
  if (refused) return refused;
  log.error({ request_id: requestId, error: thrown }, 'an API call failed');
  return new DomainError('internal', 'Something went wrong on the server');
}

function errorBody(error: DomainError, { requestId, fieldName }: ApiEnv['Variables']): z.output<typeof errorAnswer> {
  const { title, problems, problemCount, jobId } = error;
  const status = String(error.status);
  // Existing clients depend on exactly this body, so the request id is only in the header.
  if (error.code === 'unauthorized') return { errors: [{ status, title }] };
  const errors = problems.map(({ detail, source: field, reason }) => {
    const source = field === undefined ? undefined : fieldName?.(field);
    return { status, title, detail, ...(source !== undefined && { source }), ...(reason !== undefined && { reason }) };
  });
  const total = problemCount > errors.length && { total_errors: problemCount };
  return { errors, meta: { request_id: requestId, ...total, ...(jobId !== undefined && { job_id: jobId }) } };
}
