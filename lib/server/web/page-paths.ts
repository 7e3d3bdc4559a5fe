/** The addresses of the HTTP API (`lib/api/app.ts`). */
const api = ['/oauth/access_token', '/openapi\\.json', '/v2(?:/.*)?'] as const;

/** The addresses that are not answered with a page. Each is a regular expression for a whole path, without capturing groups. */
const nonPagePaths = [
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

/** True for a path of the HTTP API. */
export function isApi(path: string): boolean {
  return apiPath.test(path);
}

const nonPagePath = new RegExp(`^(?:${nonPagePaths.join('|')})$`);

/** True for a path that Next answers with a page. Every other address sets its own headers and reads its own body. */
export function isPage(path: string): boolean {
  return !nonPagePath.test(path);
}

/** The matcher of `proxy.ts` for all pages. Next accepts only a literal there, so it is repeated; a test compares both. */
export const pageMatcher = `/((?!(?:${nonPagePaths.map((path) => path.slice(1)).join('|')})$).*)`;
