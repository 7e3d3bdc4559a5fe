import { type ErrorHandler, Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import { decode, namesOtherFormat, readBytes } from '#lib/api/body';
import type { ApiEnv } from '#lib/api/env';
import { errorHeaders, methodNotAllowed } from '#lib/api/http-error';
import { toDomainError } from '#lib/api/middleware/errors';
import { jsonContent, schemaOf } from '#lib/api/openapi/content';
import { limitRate } from '#lib/api/rate-limit';
import { authenticateClient } from '#lib/clients/authenticate';
import { countTokenRequest, uncountTokenRequest } from '#lib/clients/throttle';
import { issueToken, tokenSeconds } from '#lib/clients/token';
import { readTokenRequest, TokenRefusal, tokenErrors, tokenForm, unknownClient } from '#lib/clients/token-request';
import { databaseNow } from '#lib/database/clock.sql';
import { db } from '#lib/db';
import type { ErrorCode } from '#lib/errors';
import { bodyLimits } from '#lib/http/body-limits';
import { clientAddress } from '#lib/http/client-address';

/** The route `POST /oauth/access_token`, which issues a token for the id and secret of an API client by RFC 6749. */
export const tokenRoutes = new Hono<ApiEnv>();

const path = '/oauth/access_token';

/** A token in the form of RFC 6749, section 5.1, with the additions of this API. */
const tokenAnswer = z.object({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.int().meta({ description: 'Seconds from now.' }),
  expires: z.int().meta({ description: 'Seconds since 1970.' }),
  identifier: z.literal('client_credentials'),
});

/** An error in the form of RFC 6749, section 5.2. */
export const tokenErrorAnswer = z.object({ error: z.string(), error_description: z.string() }).meta({ id: 'TokenError' });

const form = { grant_type: 'client_credentials', client_id: 'bfc962f3-a552-419e-9d6b-3a02f0b02218', client_secret: 'promint_…' };
const token: z.output<typeof tokenAnswer> = {
  access_token: 'eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9…',
  token_type: 'Bearer',
  expires_in: 3600,
  expires: 1796569200,
  identifier: 'client_credentials',
};

function errorResponse(description: string, error: string, error_description: string) {
  return { description, content: jsonContent(tokenErrorAnswer, 'output', { error, error_description }) };
}

tokenRoutes.post(
  path,
  describeRoute({
    operationId: 'getToken',
    tags: ['Token'],
    summary: 'Request an access token',
    description:
      'Issues a token by RFC 6749 for the id and secret of an API client. Send the credentials in the form or in HTTP Basic. A token is valid for one hour or until its client is revoked.',
    security: [],
    requestBody: {
      required: true,
      content: {
        'application/x-www-form-urlencoded': { schema: schemaOf(tokenForm, 'input'), examples: { example_1: { value: form } } },
        ...jsonContent(tokenForm, 'input', form),
      },
    },
    responses: {
      200: { description: 'Done', content: jsonContent(tokenAnswer, 'output', token) },
      400: errorResponse('Bad Request', 'invalid_request', 'grant_type is missing'),
      401: errorResponse('Unauthorized', 'invalid_client', unknownClient().message),
      413: errorResponse('Content Too Large', 'invalid_request', `The body may have at most ${bodyLimits.token} bytes`),
      429: errorResponse('Too Many Requests', 'invalid_request', 'Too many attempts. Try again in 15 minutes.'),
      500: errorResponse('Internal Server Error', 'server_error', 'Something went wrong on the server'),
      503: errorResponse('Service Unavailable', 'temporarily_unavailable', 'The database cannot be reached at the moment'),
    },
  }),
  async (c) => {
    const { headers } = c.req.raw;
    const address = clientAddress(headers);
    await countTokenRequest(address);
    if (namesOtherFormat(headers))
      throw new TokenRefusal('invalid_request', 'Send a form, with Content-Type: application/x-www-form-urlencoded');
    const body = decode(await readBytes(c.req.raw, bodyLimits.token));
    const { clientId, clientSecret } = readTokenRequest(body, new URL(c.req.url).searchParams, headers.get('authorization'));
    const proof = await authenticateClient(db(), clientId, clientSecret);
    if (!proof) throw unknownClient();
    await uncountTokenRequest(address);
    limitRate(proof.clientId);
    const { token, expires } = await issueToken(proof, await databaseNow(db()));
    const answer: z.output<typeof tokenAnswer> = {
      access_token: token,
      token_type: 'Bearer',
      expires_in: tokenSeconds,
      expires,
      identifier: 'client_credentials',
    };
    return c.json(answer, 200, { pragma: 'no-cache' });
  },
);

tokenRoutes.all(path, () => {
  throw methodNotAllowed('POST');
});

// RFC 6749 requires this header for failed client authentication.
const challenge = { 'www-authenticate': 'Basic realm="promint"' };

const answerError: ErrorHandler<ApiEnv> = (thrown, c) => {
  const answer = (error: string, error_description: string): z.output<typeof tokenErrorAnswer> => ({ error, error_description });
  if (thrown instanceof TokenRefusal) {
    const { error, message } = thrown;
    const headers = { pragma: 'no-cache', ...(error === 'invalid_client' && challenge) };
    return c.json(answer(error, message), tokenErrors[error], headers);
  }
  const error = toDomainError(thrown, c.var.requestId);
  const headers = { pragma: 'no-cache', ...errorHeaders(error) };
  return c.json(answer(errorNames[error.code] ?? 'invalid_request', error.message), error.status, headers);
};

const errorNames: Partial<Record<ErrorCode, string>> = {
  internal: 'server_error',
  unavailable: 'temporarily_unavailable',
  conflict: 'temporarily_unavailable',
};

tokenRoutes.onError(answerError);
