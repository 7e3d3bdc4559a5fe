import { cookies } from 'next/headers';
import { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { formType, readBytes } from '#lib/api/body';
import { errorHeaders } from '#lib/api/http-error';
import { type Authorize, authOptions } from '#lib/auth';
import { databaseRefusal } from '#lib/database/fault';
import { db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { isHttps, isOwnOrigin } from '#lib/http/base-url';
import { bodyLimits } from '#lib/http/body-limits';
import { clientAddress } from '#lib/http/client-address';
import { knownDeviceDays, rememberAccount } from '#lib/users/sign-in/known-device';
import { signIn } from '#lib/users/sign-in/sign-in';

type Context = { params: Promise<{ nextauth: string[] }> };

const deviceCookie = 'promint.known-device';

/** The calls of next-auth that are needed to sign in and out. All others are closed: `_log`, for example, lets anyone write into the log. */
const calls = { GET: ['csrf', 'session', 'callback'], POST: ['callback', 'signout'] } as const;

const closed = () => new Response(null, { status: 404 });

export async function GET(request: NextRequest, context: Context): Promise<Response> {
  const { nextauth } = await context.params;
  if (!calls.GET.some((call) => call === nextauth[0])) return closed();
  // next-auth fails on this request.
  if (nextauth[0] === 'callback') return new Response('Sign in with a form', { status: 405, headers: { allow: 'POST' } });
  return NextAuth(request, context, authOptions(request.headers));
}

/** Refuses requests from other sites and counts sign-in attempts. next-auth does everything else. */
export async function POST(request: NextRequest, context: Context): Promise<Response> {
  const { nextauth } = await context.params;
  if (!calls.POST.some((call) => call === nextauth[0])) return closed();
  try {
    requireNoForeignOrigin(request.headers);
    const fields = await readFields(request);
    // next-auth ignores the rest of the address.
    if (nextauth[0] === 'callback') return await answerSignIn(request, context, fields);
    return await NextAuth(withFields(request, fields), context, authOptions(request.headers));
  } catch (error) {
    const refusal = error instanceof DomainError ? error : databaseRefusal(error);
    if (!refusal) throw error;
    return new Response(refusal.message, { status: refusal.status, headers: errorHeaders(refusal) });
  }
}

/** Browsers send the origin of every form. A request without an origin comes from a program, so no other site can have caused it. */
function requireNoForeignOrigin(headers: Headers): void {
  const origin = headers.get('origin');
  if (origin !== null && !isOwnOrigin(origin, headers))
    throw new DomainError('forbidden', 'This request came from another site and was not carried out.');
}

async function answerSignIn(request: NextRequest, context: Context, fields: Record<string, string>): Promise<Response> {
  const { headers } = request;
  const cookie = request.cookies.get(deviceCookie)?.value;
  const attempts: ReturnType<Authorize>[] = [];
  const options = authOptions(headers, (email, password) => {
    const attempt = signIn(db(), { email, password, address: clientAddress(headers), deviceCookie: cookie });
    attempts.push(attempt);
    return attempt;
  });
  const response: Response = await NextAuth(withFields(request, fields), context, options);
  const [attempt] = attempts;
  if (!attempt) throw new DomainError('forbidden', 'The form is out of date. Reload the page and sign in again.');
  // next-auth reports every error of an attempt as a wrong password, so the error is thrown here again.
  const user = await attempt;
  if (user) await rememberDevice(rememberAccount(cookie, user.email), isHttps(headers));
  return response;
}

async function rememberDevice(value: string, secure: boolean): Promise<void> {
  const maxAge = knownDeviceDays * 86_400;
  (await cookies()).set(deviceCookie, value, { httpOnly: true, sameSite: 'strict', secure, path: '/api/auth', maxAge });
}

/** Reads each field once. Of a repeated field, next-auth might use another value than the one that is counted. */
async function readFields(request: NextRequest): Promise<Record<string, string>> {
  if (!formType.test(request.headers.get('content-type') ?? '')) throw new DomainError('unsupported_type', 'Send a form');
  const bytes = await readBytes(request, bodyLimits.signIn);
  const fields = Object.fromEntries(new URLSearchParams(new TextDecoder().decode(bytes)));
  // PostgreSQL cannot store NUL and fails on queries with it.
  if (Object.values(fields).some((text) => text.includes('\0'))) throw new DomainError('bad_request', 'Leave out control characters');
  return fields;
}

function withFields(request: NextRequest, fields: Record<string, string>): NextRequest {
  const { method, headers, nextUrl } = request;
  return new NextRequest(nextUrl, { method, headers, body: new URLSearchParams(fields).toString() });
}
