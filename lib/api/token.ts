import { z } from 'zod';
import { jsonResponse } from '#lib/api/answer';
import { decode, namesOtherFormat, readBytes } from '#lib/api/body';
import { takeCall } from '#lib/api/limit';
import { methodNotAllowed, refusalHeaders } from '#lib/api/refusal';
import { everyMethod, serve } from '#lib/api/serve';
import { authenticateClient } from '#lib/clients/authenticate';
import { giveBackTokenRequest, takeTokenRequest } from '#lib/clients/throttle';
import { issueToken, tokenSeconds } from '#lib/clients/token';
import { readTokenRequest, TokenRefusal, tokenErrors, unknownClient } from '#lib/clients/token-request';
import { databaseNow } from '#lib/database/clock.sql';
import { databaseRefusal } from '#lib/database/fault';
import { db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { bodyLimits } from '#lib/http/body-limits';
import { clientAddress } from '#lib/http/client-address';
import { log } from '#lib/log';

/** A token, as RFC 6749, section 5.1, and the clients of this API have it. */
export const tokenAnswer = z.object({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.int().meta({ description: 'Seconds from now.' }),
  expires: z.int().meta({ description: 'Seconds since 1970.' }),
  identifier: z.literal('client_credentials'),
});

/** A refusal, as RFC 6749, section 5.2, has it. */
export const tokenErrorAnswer = z.object({ error: z.string(), error_description: z.string() }).meta({ id: 'TokenError' });

// Whoever tries another way to prove itself is told which one there is.
const challenge = { 'www-authenticate': 'Basic realm="promint"' };

/** `POST /oauth/access_token`: a token for a client's id and secret, after RFC 6749. */
export const tokenRoute = everyMethod((method) =>
  serve('/oauth/access_token', refuse, async (request) => {
    if (method !== 'POST') throw methodNotAllowed('POST');
    return grant(request);
  }),
);

async function grant(request: Request): Promise<Response> {
  const address = clientAddress(request.headers);
  await takeTokenRequest(address);
  if (namesOtherFormat(request.headers))
    throw new TokenRefusal('invalid_request', 'Send a form, with Content-Type: application/x-www-form-urlencoded');
  const body = decode(await readBytes(request, bodyLimits.token));
  const { clientId, clientSecret } = readTokenRequest(body, new URL(request.url).searchParams, request.headers.get('authorization'));
  const proof = await authenticateClient(db(), clientId, clientSecret);
  if (!proof) throw unknownClient();
  await giveBackTokenRequest(address);
  takeCall(proof.clientId);
  const { token, expires } = await issueToken(proof, await databaseNow(db()));
  const answer: z.output<typeof tokenAnswer> = {
    access_token: token,
    token_type: 'Bearer',
    expires_in: tokenSeconds,
    expires,
    identifier: 'client_credentials',
  };
  return jsonResponse(200, JSON.stringify(answer), { pragma: 'no-cache' });
}

function refuse(thrown: unknown, requestId: string): Response {
  if (thrown instanceof TokenRefusal) {
    const { error, message } = thrown;
    return errorResponse(tokenErrors[error], error, message, error === 'invalid_client' ? challenge : {});
  }
  if (thrown instanceof DomainError) return errorResponse(thrown.status, 'invalid_request', thrown.message, refusalHeaders(thrown));
  const refused = databaseRefusal(thrown);
  if (refused) return errorResponse(refused.status, 'temporarily_unavailable', refused.message, refusalHeaders(refused));
  log.error({ request_id: requestId, error: thrown }, 'a token could not be given');
  return errorResponse(500, 'server_error', 'Something went wrong on the server');
}

function errorResponse(status: number, error: string, error_description: string, headers: Record<string, string> = {}): Response {
  const body: z.output<typeof tokenErrorAnswer> = { error, error_description };
  return jsonResponse(status, JSON.stringify(body), { pragma: 'no-cache', ...headers });
}
