import { DomainError, type ErrorCode } from '#lib/errors';

/** A refusal that only HTTP knows, with the headers that go with it. */
export class HttpRefusal extends DomainError {
  readonly headers: Record<string, string>;

  constructor(code: ErrorCode, detail: string, headers: Record<string, string>) {
    super(code, detail);
    this.headers = headers;
  }
}

/** The headers of a refusal: what it brings itself, and when to come back. */
export function refusalHeaders(error: DomainError): Record<string, string> {
  return {
    ...(error instanceof HttpRefusal && error.headers),
    ...(error.retryAfterSeconds !== undefined && { 'retry-after': String(error.retryAfterSeconds) }),
  };
}

/** Nobody, or nobody any more, asks with this token. */
export function unauthorized(challenge: string): HttpRefusal {
  return new HttpRefusal('unauthorized', 'A token of this API is needed', { 'www-authenticate': challenge });
}

export function methodNotAllowed(allow: string): HttpRefusal {
  return new HttpRefusal('method_not_allowed', `This address takes ${allow}`, { allow });
}
