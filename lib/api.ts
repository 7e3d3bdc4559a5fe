import 'server-only';
import type { z } from 'zod';
import { jsonResponse, type NameOnWire, refusal } from '#lib/api/answer';
import { readJsonBody } from '#lib/api/body';
import { requireCaller } from '#lib/api/caller';
import { type Endpoint, noBody, noQuery } from '#lib/api/endpoint';
import { readQuery } from '#lib/api/query';
import { methodNotAllowed } from '#lib/api/refusal';
import { allowed, type CallLog, everyMethod, type Method, type Route, serve } from '#lib/api/serve';
import { inTurn } from '#lib/api/turns';
import { type Db, db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { baseUrl } from '#lib/http/base-url';
import { bodyLimits } from '#lib/http/body-limits';
import { type Answer, idempotencyKey, idempotent } from '#lib/idempotency';
import { parseInput, parseListInput } from '#lib/input/parse';
import type { Actor } from '#lib/users/permissions';

/** A call that may be made, with everything parsed. */
type Call<P, Q, B> = {
  db: Db;
  actor: Actor;
  params: P;
  query: Q;
  body: B;
  /** The absolute address that was asked for. */
  address: URL;
};

type Asked = { actor: Actor; params: unknown; address: URL; body: unknown };
type Handler = { endpoint: Endpoint; run(db: Db, asked: Asked): Promise<Answer> };

/** What answers an endpoint: parses as it declares, calls one verb of the domain and answers what that returns. */
export function handle<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, A>,
  run: (call: Call<z.output<P>, z.output<Q>, z.output<B>>) => Promise<z.output<A>>,
): Handler {
  return {
    endpoint,
    async run(db, asked) {
      const params = readParams(endpoint.params, asked.params);
      const query = readQuery(endpoint.query, asked.address.searchParams);
      const body = await (endpoint.list ? parseListInput(endpoint.body, asked.body, endpoint.list) : parseInput(endpoint.body, asked.body));
      const { actor, address } = asked;
      const answer = await run({ db, actor, address, params, query, body });
      return { status: endpoint.status, text: answer === undefined ? '' : JSON.stringify(answer) };
    },
  };
}

/** The exports of one `route.ts`: every method, those without a handler answered with 405. */
export function route(...handlers: Handler[]): Record<Method, Route> {
  const find = (method: Method) => handlers.find(({ endpoint }) => endpoint.method === (method === 'HEAD' ? 'GET' : method));
  const allow = allowed((method) => find(method) !== undefined);
  const path = handlers[0]?.endpoint.path ?? '';
  return everyMethod((method) => {
    const handler = find(method);
    if (handler) {
      const name = nameOnWire(handler.endpoint);
      return serve(
        path,
        (thrown, id) => refusal(thrown, id, name),
        (request, params, call) => answer(handler, request, params, call),
      );
    }
    return serve(path, refusal, async () => {
      if (method === 'OPTIONS') return jsonResponse(204, '', { allow });
      throw methodNotAllowed(allow);
    });
  });
}

/** The same for addresses that lead nowhere: 404, for who may call at all. */
export function nowhere(): Record<Method, Route> {
  return everyMethod(() =>
    serve('/v2', refusal, async ({ headers }) => {
      await requireCaller(db(), headers, 'read');
      throw new DomainError('not_found', 'There is nothing at this address');
    }),
  );
}

async function answer(handler: Handler, request: Request, params: unknown, call: CallLog): Promise<Response> {
  const actor = await requireCaller(db(), request.headers, handler.endpoint.permission);
  call.client = actor.id;
  const run = () => runCall(handler, request, { actor, params });
  return handler.endpoint.takesTurns ? inTurn(actor.id, request.signal, run) : run();
}

async function runCall({ endpoint, run }: Handler, request: Request, asked: Omit<Asked, 'address' | 'body'>): Promise<Response> {
  const { headers, method } = request;
  const { body: schema, maximumBytes = bodyLimits.call, list, repeatable } = endpoint;
  const body = schema === noBody ? undefined : await readJsonBody(request, maximumBytes, list?.name);
  const { pathname, search } = new URL(request.url);
  const address = new URL(`${baseUrl(headers)}${pathname}${search}`);
  const work = (db: Db) => run(db, { ...asked, address, body: body?.value });
  const key = repeatable ? headers.get('idempotency-key') : null;
  if (key === null) {
    const { status, text } = await work(db());
    return jsonResponse(status, text);
  }
  const whole = Buffer.concat([Buffer.from(`${method} ${pathname}\n`), body?.bytes ?? Buffer.of()]);
  const keyed = { key: readKey(key), request: whole, whileBusy: 'refuse' } as const;
  const { status, text, repeated } = await idempotent(db(), asked.actor, keyed, work);
  return jsonResponse(status, text, repeated ? { 'idempotency-replayed': 'true' } : {});
}

/** A body has its fields under `data`; a query has its parameters as they are; an address names nothing. */
function nameOnWire({ body, query }: Endpoint): NameOnWire {
  if (body !== noBody) return (source) => `data.${source}`;
  return (source) => (query === noQuery ? undefined : source);
}

function readParams<S extends z.ZodType>(schema: S, params: unknown): z.output<S> {
  const parsed = schema.safeParse(params);
  if (parsed.success) return parsed.data;
  throw new DomainError('not_found', parsed.error.issues[0]?.message ?? 'not found');
}

function readKey(key: string): string {
  const parsed = idempotencyKey.safeParse(key);
  if (parsed.success) return parsed.data;
  throw new DomainError('bad_request', parsed.error.issues[0]?.message ?? 'Idempotency-Key');
}
