import { randomUUID } from 'node:crypto';
import { log } from '#lib/log';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
export type Method = (typeof methods)[number];
/** What Next wants a `route.ts` to export for a method. */
export type Route = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>;
/** What the log line of a call says of it; whoever learns who calls writes it down here. */
export type CallLog = { client?: string };

/**
 * Answers a method of a route, come what may: `refuse` makes an answer of whatever `work` throws. Every answer
 * carries the request's id, and one log line has it.
 */
export function serve(
  route: string,
  refuse: (thrown: unknown, requestId: string) => Response,
  work: (request: Request, params: unknown, call: CallLog) => Promise<Response>,
): Route {
  return async (request, context) => {
    const started = performance.now();
    const id = requestId(request.headers);
    const call: CallLog = {};
    // Next gives an address without parameters none at all.
    const params = (await context.params) ?? {};
    const response = await work(request, params, call).catch((thrown: unknown) => refuse(thrown, id));
    response.headers.set('x-request-id', id);
    const ms = Math.round(performance.now() - started);
    log.info({ request_id: id, method: request.method, route, ...call, status: response.status, ms }, 'API call');
    return response;
  };
}

/** The exports of a `route.ts`: no method is left for Next to answer. */
export function everyMethod(of: (method: Method) => Route): Record<Method, Route> {
  return {
    GET: of('GET'),
    HEAD: of('HEAD'),
    POST: of('POST'),
    PUT: of('PUT'),
    PATCH: of('PATCH'),
    DELETE: of('DELETE'),
    OPTIONS: of('OPTIONS'),
  };
}

/** All methods that something answers, as the header `Allow` lists them. */
export function allowed(answers: (method: Method) => boolean): string {
  return methods.filter((method) => method === 'OPTIONS' || answers(method)).join(', ');
}

/** The id a caller gave the request, so that both sides' logs name it alike, or a new one. */
function requestId(headers: Headers): string {
  const given = headers.get('x-request-id') ?? '';
  return /^[\w.-]{8,128}$/.test(given) ? given : randomUUID();
}
