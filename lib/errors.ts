/** The codes of all refusals, each with its HTTP status and title. Everything else is derived from this table. */
export const errorCodes = {
  bad_request: { status: 400, title: 'Bad Request' },
  invalid_input: { status: 400, title: 'Validation failed' },
  too_many_codes: { status: 400, title: 'Too many promotion codes' },
  too_many_jobs: { status: 400, title: 'Too many jobs' },
  unauthorized: { status: 401, title: 'Unauthorized' },
  forbidden: { status: 403, title: 'Forbidden' },
  not_found: { status: 404, title: 'Not Found' },
  method_not_allowed: { status: 405, title: 'Method Not Allowed' },
  conflict: { status: 409, title: 'Conflict' },
  gone: { status: 410, title: 'Gone' },
  too_large: { status: 413, title: 'Content Too Large' },
  unsupported_type: { status: 415, title: 'Unsupported Media Type' },
  unprocessable: { status: 422, title: 'Unprocessable Entity' },
  no_codes_allowed: { status: 422, title: 'No codes allowed' },
  code_unusable: { status: 422, title: 'Code cannot be redeemed' },
  too_many_requests: { status: 429, title: 'Too Many Requests' },
  internal: { status: 500, title: 'Internal Server Error' },
  unavailable: { status: 503, title: 'Service Unavailable' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof errorCodes;

/**
 * One problem of an input. `detail` is a sentence for a person, `source` is the field as in the API (`parameters.number_of_codes`),
 * `reason` is a code for a program.
 */
export type Problem = { detail: string; source?: string; reason?: string };

/** The maximum number of problems in a refusal. Without it the answer to a list of 10,000 invalid codes would be larger than the list. */
export const maxProblems = 100;

/**
 * A refusal by the domain. `problems` holds one entry per invalid field, the first {@link maxProblems} of them, and `problemCount`
 * is their total. The API prints them, an action returns them, a form shows each at its field.
 */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly problems: readonly [Problem, ...Problem[]];
  readonly problemCount: number;
  retryAfterSeconds?: number;
  /** For `too_many_jobs`: the id of the active job. */
  jobId?: string;

  constructor(code: ErrorCode, problem: Problem | string, ...more: Problem[]) {
    const first = typeof problem === 'string' ? { detail: problem } : problem;
    super(first.detail);
    this.name = 'DomainError';
    this.code = code;
    this.problems = [first, ...more.slice(0, maxProblems - 1)];
    this.problemCount = more.length + 1;
  }

  /** Sets the seconds after which to try again, the `Retry-After` of an HTTP answer. */
  retryAfter(seconds: number): this {
    this.retryAfterSeconds = seconds;
    return this;
  }

  /** Sets the id of the active job that caused the refusal. */
  becauseOfJob(id: string | undefined): this {
    this.jobId = id;
    return this;
  }

  get status(): (typeof errorCodes)[ErrorCode]['status'] {
    return errorCodes[this.code].status;
  }

  get title(): string {
    return errorCodes[this.code].title;
  }
}
