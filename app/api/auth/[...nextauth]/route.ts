import { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { formType, readBytes } from '#lib/api/body';
import { refusalHeaders } from '#lib/api/refusal';
import { authOptions } from '#lib/auth';
import { clientAddress } from '#lib/client-address';
import { DomainError } from '#lib/errors';
import { signInThrottle } from '#lib/users/throttle';

type Context = { params: Promise<{ nextauth: string[] }> };

const largestForm = 16 * 1024;

export async function GET(request: NextRequest, context: Context): Promise<Response> {
  const { nextauth } = await context.params;
  // next-auth would fail at it.
  if (nextauth[0] === 'callback') return new Response('Sign in with a form', { status: 405, headers: { allow: 'POST' } });
  return NextAuth(request, context, authOptions());
}

/** Sign-in attempts are counted before a password is hashed; everything else is next-auth's. */
export async function POST(request: NextRequest, context: Context): Promise<Response> {
  try {
    const fields = await readFields(request);
    const { nextauth } = await context.params;
    // next-auth looks no further than this, whatever follows in the address.
    if (nextauth[0] === 'callback') return await signIn(request, context, fields);
    return await NextAuth(withFields(request, fields), context, authOptions());
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return new Response(error.message, { status: error.status, headers: refusalHeaders(error) });
  }
}

async function signIn(request: NextRequest, context: Context, fields: Record<string, string>): Promise<Response> {
  const attempt = { email: (fields.email ?? '').trim().toLowerCase(), address: clientAddress(request.headers) };
  const throttle = signInThrottle();
  await throttle.take(attempt);
  const response: Response = await NextAuth(withFields(request, fields), context, authOptions());
  if (response.ok && response.headers.getSetCookie().some((cookie) => cookie.includes('session-token='))) await throttle.giveBack(attempt);
  return response;
}

/** Each field once: of one that is given twice next-auth would look at another than the one counted. */
async function readFields(request: NextRequest): Promise<Record<string, string>> {
  if (!formType.test(request.headers.get('content-type') ?? '')) throw new DomainError('unsupported_type', 'Send a form');
  const bytes = await readBytes(request, largestForm);
  const fields = Object.fromEntries(new URLSearchParams(new TextDecoder().decode(bytes)));
  // PostgreSQL keeps no NUL, and so cannot be asked for one.
  if (Object.values(fields).some((text) => text.includes('\0'))) throw new DomainError('bad_request', 'Leave out control characters');
  return fields;
}

function withFields(request: NextRequest, fields: Record<string, string>): NextRequest {
  const { method, headers, nextUrl } = request;
  return new NextRequest(nextUrl, { method, headers, body: new URLSearchParams(fields).toString() });
}
