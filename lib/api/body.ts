import { DomainError } from '#lib/errors';

/** Bodies may be so large unless an endpoint says otherwise. */
export const defaultMaximumBytes = 256 * 1024;

const deepest = 64;
const jsonType = /^application\/(?:json|[\w.-]+\+json)\s*(?:;|$)/i;

/** The `Content-Type` of a form. */
export const formType = /^application\/x-www-form-urlencoded\s*(?:;|$)/i;

export type Body = { bytes: Uint8Array; value: unknown };

/**
 * The JSON object that a request brings. Throws `unsupported_type`, `too_large`, and `bad_request` for what is not
 * UTF-8, not JSON, nested too deep or no object. What is too large is refused before it is read.
 */
export async function readJsonBody(request: Request, maximumBytes: number): Promise<Body> {
  const { headers } = request;
  if (!jsonType.test(headers.get('content-type') ?? ''))
    throw new DomainError('unsupported_type', 'Send JSON, with Content-Type: application/json');
  if (/\S/.test(headers.get('content-encoding') ?? ''))
    throw new DomainError('unsupported_type', 'Send the body without a Content-Encoding');
  const bytes = await readBytes(request, maximumBytes);
  const value = parseJson(decode(bytes));
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new DomainError('bad_request', 'The body must be a JSON object');
  return { bytes, value: unwrapped(value) };
}

/** All bytes of a request's body, or `too_large` as soon as there are too many. */
export async function readBytes(request: Request, maximumBytes: number): Promise<Uint8Array> {
  const tooLarge = () => new DomainError('too_large', `The body may have at most ${maximumBytes} bytes`);
  if (Number(request.headers.get('content-length')) > maximumBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const chunk = await reader?.read().catch(() => {
      throw new DomainError('bad_request', 'The body did not arrive whole');
    });
    if (!chunk?.value) return Buffer.concat(chunks);
    length += chunk.value.length;
    if (length > maximumBytes) throw tooLarge();
    chunks.push(chunk.value);
  }
}

/** Text of bytes that are UTF-8; anything else is `bad_request`. */
export function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new DomainError('bad_request', 'The body is not valid UTF-8');
  }
}

function parseJson(text: string): unknown {
  if (text.trim() === '') throw new DomainError('bad_request', 'The body is empty: send a JSON object');
  if (isTooDeep(text)) throw new DomainError('bad_request', `The body is nested more than ${deepest} deep`);
  try {
    return JSON.parse(text);
  } catch {
    throw new DomainError('bad_request', 'The body is not valid JSON');
  }
}

/** Looked at before parsing: what follows may go down as deep as the value does. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') {
      if (++depth > deepest) return true;
    } else if (character === '}' || character === ']') depth--;
  }
  return false;
}

/** The fields stand under `data`, or at the top, where clients made from the published document send them. */
function unwrapped(value: object): unknown {
  return Object.hasOwn(value, 'data') && 'data' in value ? value.data : value;
}
