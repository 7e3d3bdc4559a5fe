import { type NextRequest, NextResponse } from 'next/server';
import { databaseFault } from '#lib/database/fault';
import { pool } from '#lib/db';

const retryAfterSeconds = 5;

/**
 * Passes each page its address and a content security policy with a nonce, and answers requests for pages while the database is
 * unreachable. It is not an access check: pages and actions authorise themselves.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  // Server actions report an unreachable database themselves, in their form.
  if (request.method === 'GET' && !(await databaseAnswers())) return unavailable();
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const policy = contentSecurityPolicy(nonce, request.nextUrl.pathname);
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  // The address to return to after signing in.
  headers.set('x-address', `${request.nextUrl.pathname}${request.nextUrl.search}`);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

function contentSecurityPolicy(nonce: string, path: string): string {
  const development = process.env.NODE_ENV === 'development';
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    // Mantine sets sizes in style attributes. Style elements need the nonce.
    `style-src-elem 'self' ${development || insertsStyles(path) ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The code editor and the notifications of Scalar's API reference insert style elements without a nonce. */
function insertsStyles(path: string): boolean {
  return path === '/docs/api';
}

async function databaseAnswers(): Promise<boolean> {
  try {
    await pool().query('select 1');
    return true;
  } catch (error) {
    if (databaseFault(error)) return false;
    throw error;
  }
}

function unavailable(): NextResponse {
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="${retryAfterSeconds}"><meta name="color-scheme" content="light dark"><title>Promint is waiting for its database</title>
<body style="font:1rem/1.6 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1.5rem"><h1 style="font-size:1.5rem">Promint is waiting for its database</h1>
<p>The database is unreachable. Jobs resume when it is back. This page reloads every ${retryAfterSeconds} seconds.</p>`;
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'retry-after': String(retryAfterSeconds),
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src-attr 'unsafe-inline'; frame-ancestors 'none'",
  };
  return new NextResponse(page, { status: 503, headers });
}

// Same as `pageMatcher` (lib/server/web/page-paths.ts): Next accepts only a literal here.
export const config = {
  matcher:
    '/((?!(?:_next/static/.*|api/auth/.+|docs/api/scalar\\.js|downloads/[^/]+|health/live|health/ready|icon\\.svg|oauth/access_token|openapi\\.json|v2(?:/.*)?)$).*)',
};
