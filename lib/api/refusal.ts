import { DomainError, type ErrorCode } from '#lib/errors';

/** A refusal that exists only in HTTP, with its headers. */
export class HttpRefusal extends DomainError {
  readonly headers: Record<string, string>;

  constructor(code: ErrorCode, detail: string, headers: Record<string, string>) {
    super(code, detail);
    this.headers = headers;
  }
}

/** Returns the headers of a refusal, `Retry-After` among them. */
export function refusalHeaders(error: DomainError): Record<string, string> {
  return {
    ...(error instanceof HttpRefusal && error.headers),
    ...(error.retryAfterSeconds !== undefined && { 'retry-after': String(error.retryAfterSeconds) }),
  };
}

/** The refusal of a call without a valid token. */
export function unauthorized(challenge: string): HttpRefusal {
  return new HttpRefusal('unauthorized', 'A token of this API is needed', { 'www-authenticate': challenge });
}

export function methodNotAllowed(allow: string): HttpRefusal {
  return new HttpRefusal('method_not_allowed', `This address takes ${allow}`, { allow });
}
