const kibibyte = 1024;

/** The maximum sizes of request bodies in bytes, by kind of address. All code that reads bodies uses these limits. */
export const bodyLimits = {
  /** An email address, a password and a CSRF token. */
  signIn: 16 * kibibyte,
  /** The credentials of an API client. */
  token: 16 * kibibyte,
  /** Server actions and other requests to pages. The largest is a pasted list of codes to find. */
  page: 256 * kibibyte,
  /** A request to the API. */
  call: 256 * kibibyte,
  /** A request that adds 10,000 codes, each of the maximum length. */
  codes: 5 * 1024 * kibibyte,
} as const;
