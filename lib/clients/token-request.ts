import { z } from 'zod';

/** The error codes of RFC 6749, section 5.2, each with its status. */
export const tokenErrors = {
  invalid_request: 400,
  invalid_client: 401,
  unsupported_grant_type: 400,
  invalid_scope: 400,
} as const;

/** The refusal of a token request. `message` is the `error_description`. */
export class TokenRefusal extends Error {
  readonly error: keyof typeof tokenErrors;

  constructor(error: keyof typeof tokenErrors, description: string) {
    super(description);
    this.error = error;
  }
}

/** The parameters of a token request, as the documentation shows them. */
export const tokenForm = z.object({
  grant_type: z.literal('client_credentials'),
  client_id: z.string().optional().meta({ description: 'Not with HTTP Basic.' }),
  client_secret: z.string().optional().meta({ description: 'Not with HTTP Basic.' }),
});

export type TokenRequest = { clientId: string; clientSecret: string };

/** The same text for an unknown client and a wrong secret, so that it does not reveal which clients exist. */
export const unknownClient = () => new TokenRefusal('invalid_client', 'The client is unknown, or its secret is wrong');

/**
 * The credentials of a token request, from its body and the header `Authorization`. The body is a form, or a JSON object with the
 * same fields, as published samples send it. Throws {@link TokenRefusal} with an error code of RFC 6749.
 */
export function readTokenRequest(body: string, query: URLSearchParams, authorization: string | null): TokenRequest {
  const parameters = /^\s*\{/.test(body) ? readJson(body) : readForm(body);
  if (['client_id', 'client_secret'].some((name) => query.has(name)))
    throw new TokenRefusal('invalid_request', 'Credentials are not allowed in the URL: send them in the body, or with HTTP Basic');
  const grantType = parameters.get('grant_type');
  if (!grantType) throw new TokenRefusal('invalid_request', 'grant_type is missing');
  if (grantType !== 'client_credentials') throw new TokenRefusal('unsupported_grant_type', 'grant_type must be client_credentials');
  const credentials = authorization === null ? fromBody(parameters) : fromBasic(authorization, parameters);
  if (parameters.get('scope'))
    throw new TokenRefusal('invalid_scope', 'Scopes are not supported: the role of a client determines its permissions');
  return credentials;
}

function readForm(text: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const pair of text.split('&').filter(Boolean)) {
    const [name = '', value = ''] = split(pair, '=').map(decode);
    if (parameters.has(name)) throw new TokenRefusal('invalid_request', 'A parameter stands there twice');
    parameters.set(name, value);
  }
  return parameters;
}

const jsonForm = z.object({
  grant_type: z.string().nullish(),
  client_id: z.string().nullish(),
  client_secret: z.string().nullish(),
  scope: z.string().nullish(),
});

/** Reads a JSON object, in which `null` is an absent parameter. */
function readJson(text: string): Map<string, string> {
  const { data } = jsonForm.safeParse(parseObject(text));
  if (!data) throw new TokenRefusal('invalid_request', 'The parameters must be strings');
  const repeated = Object.keys(data).some((name) => text.split(`"${name}"`).length > 2);
  if (repeated) throw new TokenRefusal('invalid_request', 'A parameter stands there twice');
  return new Map(Object.entries(data).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])));
}

function parseObject(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new TokenRefusal('invalid_request', 'The body is neither a form nor JSON');
  }
}

function fromBody(parameters: Map<string, string>): TokenRequest {
  const clientId = parameters.get('client_id');
  const clientSecret = parameters.get('client_secret');
  if (!clientId || !clientSecret) throw new TokenRefusal('invalid_client', 'client_id and client_secret are required');
  return { clientId, clientSecret };
}

const basic = /^Basic +(?<credentials>[A-Za-z0-9+/]+={0,2}) *$/i;

/** Reads HTTP Basic by RFC 6749, section 2.3.1: both parts are form-encoded, so that a colon in a part is not the separator. */
function fromBasic(authorization: string, parameters: Map<string, string>): TokenRequest {
  const encoded = basic.exec(authorization)?.groups?.credentials;
  if (!encoded) throw new TokenRefusal('invalid_client', 'The header Authorization must use HTTP Basic');
  if (parameters.get('client_secret'))
    throw new TokenRefusal('invalid_request', 'Send credentials in the body or in the header, not in both');
  const decoded = Buffer.from(encoded, 'base64').toString();
  const [clientId = '', clientSecret = ''] = split(decoded, ':').map((part) => decodeOr(part, unknownClient));
  if (!clientId || !clientSecret) throw unknownClient();
  const named = parameters.get('client_id');
  if (named && named !== clientId) throw new TokenRefusal('invalid_request', 'The body and the header name different clients');
  return { clientId, clientSecret };
}

function split(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

const decode = (text: string) => decodeOr(text, () => new TokenRefusal('invalid_request', 'The body is not form-encoded'));

function decodeOr(text: string, refusal: () => TokenRefusal): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw refusal();
  }
}
