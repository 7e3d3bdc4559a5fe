import { DomainError, type ErrorCode } from '#lib/errors';

/** An error that exists only in HTTP, with its response headers. */
export class HttpError extends DomainError {
  readonly headers: Record<string, string>;

  constructor(code: ErrorCode, detail: string, headers: Record<string, string>) {
    super(code, detail);
    this.headers = headers;
  }
}

/** Returns the response headers of an error: its own headers and `Retry-After`. */
export function errorHeaders(error: DomainError): Record<string, string> {
  return {
    ...(error instanceof HttpError && error.headers),
    ...(error.retryAfterSeconds !== undefined && { 'retry-after': String(error.retryAfterSeconds) }),
  };
}

/** The error for a missing, invalid, expired or revoked token. `challenge` is the value of `WWW-Authenticate`. */
export function unauthorized(challenge: string): HttpError {
  return new HttpError('unauthorized', 'A valid access token is required', { 'www-authenticate': challenge });
}

/** The error for a method that a path does not support. `allow` lists the supported ones. */
export function methodNotAllowed(allow: string): HttpError {
  return new HttpError('method_not_allowed', `This path supports ${allow}`, { allow });
}
