/** The addresses of the HTTP API (`lib/api/app.ts`). */
const api = ['/oauth/access_token', '/openapi\\.json', '/v2(?:/.*)?'] as const;

/** The addresses without a page: patterns for a whole path, each a regular expression without groups. */
const doors = [
  '/_next/static/.*',
  '/api/auth/.+',
  '/docs/api/scalar\\.js',
  '/downloads/[^/]+',
  '/health/live',
  '/health/ready',
  '/icon\\.svg',
  ...api,
] as const;

const apiPath = new RegExp(`^(?:${api.join('|')})$`);

/** True when a path belongs to the HTTP API. */
export function isApi(path: string): boolean {
  return apiPath.test(path);
}

const door = new RegExp(`^(?:${doors.join('|')})$`);

/** True when Next answers this path with a page. Every other path is a door, which sets its own headers and reads its own body. */
export function isPage(path: string): boolean {
  return !door.test(path);
}

/** The matcher of `proxy.ts`, which covers all pages. Next reads it from the source, so it is written there as well; a test compares the two. */
export const pageMatcher = `/((?!(?:${doors.map((path) => path.slice(1)).join('|')})$).*)`;
