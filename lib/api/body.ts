import { parseJson } from '#lib/api/json';
import { DomainError } from '#lib/errors';

const otherFormat =
  /^\s*(?:(?:multipart|image|audio|video|font|model)\/|[\w.-]+\/(?:[\w.-]+\+)?(?:xml|yaml|x-yaml|html|csv|pdf|zip|gzip|cbor|msgpack|x-msgpack|protobuf|x-protobuf|x-ndjson|javascript)\s*(?:;|$))/i;

/** Returns true when the `Content-Type` is a format other than JSON or a form. Many clients send JSON without a type, as `text/plain` or as a form. */
export function namesOtherFormat(headers: Headers): boolean {
  return otherFormat.test(headers.get('content-type') ?? '');
}

/** The `Content-Type` of a form. */
export const formType = /^application\/x-www-form-urlencoded\s*(?:;|$)/i;

export type Body = { bytes: Uint8Array; value: unknown };

/**
 * Returns the JSON object in the body of a request. The elements of the list `listName` are parsed in parts. Throws
 * `unsupported_type`, `too_large`, and `bad_request` for a body that is not UTF-8, not JSON, nested too deeply or not an object.
 */
export async function readJsonBody(
  request: Request,
  maximumBytes: number,
  { listName, optional }: { listName?: string | undefined; optional?: true | undefined } = {},
): Promise<Body> {
  const { headers } = request;
  if (namesOtherFormat(headers)) throw new DomainError('unsupported_type', 'Send JSON, with Content-Type: application/json');
  if (/\S/.test(headers.get('content-encoding') ?? ''))
    throw new DomainError('unsupported_type', 'Send the body without a Content-Encoding');
  const bytes = await readBytes(request, maximumBytes);
  if (optional && bytes.length === 0) return { bytes, value: {} };
  const value = await parseJson(decode(bytes), listName);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new DomainError('bad_request', 'The body must be a JSON object');
  return { bytes, value: unwrapped(value) };
}

/** Returns the bytes of the body. Throws `too_large` as soon as there are more than `maximumBytes`. */
export async function readBytes(request: Request, maximumBytes: number): Promise<Uint8Array> {
  const tooLarge = () => new DomainError('too_large', `The body may have at most ${maximumBytes} bytes`);
  if (Number(request.headers.get('content-length')) > maximumBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const chunk = await reader?.read().catch(() => {
      throw new DomainError('bad_request', 'The body is incomplete');
    });
    if (!chunk?.value) return Buffer.concat(chunks);
    length += chunk.value.length;
    if (length > maximumBytes) throw tooLarge();
    chunks.push(chunk.value);
  }
}

/** Decodes UTF-8. Throws `bad_request` for invalid bytes. */
export function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new DomainError('bad_request', 'The body is not valid UTF-8');
  }
}

/** Returns the fields, which are under `data` or at the top level. Clients generated from the published document use the top level. */
function unwrapped(value: object): unknown {
  return Object.hasOwn(value, 'data') && 'data' in value ? value.data : value;
}
