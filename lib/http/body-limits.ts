const kibibyte = 1024;

/** The most bytes that a request body may have, by the address it is sent to. Every reader of bodies takes its limit from here. */
export const bodyLimits = {
  /** An email address, a password and a CSRF token. */
  signIn: 16 * kibibyte,
  /** The credentials of an API client. */
  token: 16 * kibibyte,
  /** Server actions and whatever else is sent to a page. The largest is a pasted list of codes to find. */
  page: 256 * kibibyte,
  /** A call of the API. */
  call: 256 * kibibyte,
  /** A call that adds 10,000 codes, each with its longest text. */
  codes: 5 * 1024 * kibibyte,
} as const;
