import { z } from 'zod';
import { refusalHeaders } from '#lib/api/refusal';
import { databaseRefusal } from '#lib/database/fault';
import { DomainError, mostProblems } from '#lib/errors';
import { log } from '#lib/log';

/** What every refusal looks like. */
export const errorAnswer = z
  .object({
    errors: z.array(
      z.object({
        status: z.string().meta({ description: 'The HTTP status, as text.' }),
        title: z.string(),
        detail: z.string().optional().meta({ description: 'What is wrong, for a person.' }),
        source: z.string().optional().meta({ description: 'The field or parameter that is wrong.' }),
      }),
    ),
    meta: z
      .object({
        request_id: z.string().meta({ description: 'What the header `X-Request-Id` says: tell it when you ask for help.' }),
        total_errors: z
          .int()
          .optional()
          .meta({ description: `How many errors there are, when there are more than the ${mostProblems} that are listed.` }),
        job_id: z.uuid().optional().meta({ description: 'Of "Too many jobs": the active job of the promotion.' }),
      })
      .optional(),
  })
  .meta({ id: 'Error' });

type ErrorAnswer = z.output<typeof errorAnswer>;

/** JSON for a client, or nothing; nobody on the way may keep it. */
export function jsonResponse(status: number, text: string, headers: Record<string, string> = {}): Response {
  const type: Record<string, string> = text === '' ? {} : { 'content-type': 'application/json' };
  return new Response(text || null, { status, headers: { 'cache-control': 'no-store', ...type, ...headers } });
}

/** What a request calls the field that is wrong, where it has such a field. */
export type NameOnWire = (source: string) => string | undefined;

/** The answer to what was thrown. */
export function refusal(thrown: unknown, requestId: string, name: NameOnWire = () => undefined): Response {
  const error = asRefusal(thrown, requestId);
  return jsonResponse(error.status, JSON.stringify(errorBody(error, requestId, name)), refusalHeaders(error));
}

function errorBody(error: DomainError, requestId: string, name: NameOnWire): ErrorAnswer {
  const { title } = error;
  const status = String(error.status);
  // Clients know this answer to the letter; its request id stands in the header alone.
  if (error.code === 'unauthorized') return { errors: [{ status, title }] };
  const errors = error.problems.map(({ detail, source: field }) => {
    const source = field === undefined ? undefined : name(field);
    return { status, title, detail, ...(source !== undefined && { source }) };
  });
  const { problemCount, jobId } = error;
  const total = problemCount > errors.length && { total_errors: problemCount };
  return { errors, meta: { request_id: requestId, ...total, ...(jobId !== undefined && { job_id: jobId }) } };
}

function asRefusal(thrown: unknown, requestId: string): DomainError {
  if (thrown instanceof DomainError) return thrown;
  const refused = databaseRefusal(thrown);
  if (refused) return refused;
  log.error({ request_id: requestId, error: thrown }, 'an API call failed');
  return new DomainError('internal', 'Something went wrong on the server');
}
