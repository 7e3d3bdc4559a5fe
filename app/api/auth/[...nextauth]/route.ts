import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions } from '#lib/auth';
import { clientAddress } from '#lib/client-address';
import { pool } from '#lib/db';
import { DomainError } from '#lib/errors';
import { signInThrottle } from '#lib/users/throttle';

type Context = { params: Promise<{ nextauth: string[] }> };

export function GET(request: NextRequest, context: Context): Promise<Response> {
  return NextAuth(request, context, authOptions());
}

/** Sign-in attempts are counted before a password is hashed; everything else is next-auth's. */
export async function POST(request: NextRequest, context: Context): Promise<Response> {
  const { nextauth } = await context.params;
  if (nextauth.join('/') !== 'callback/credentials') return NextAuth(request, context, authOptions());
  const form = await request.clone().formData();
  const attempt = [
    String(form.get('email') ?? '')
      .trim()
      .toLowerCase(),
    clientAddress(request.headers),
  ] as const;
  const throttle = signInThrottle(pool());
  try {
    await throttle.take(...attempt);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const url = new URL('/sign-in?error=TooManyAttempts', request.nextUrl.origin);
    return Response.json({ url }, { status: error.status, headers: { 'Retry-After': String(error.retryAfterSeconds) } });
  }
  const response: Response = await NextAuth(request, context, authOptions());
  if (response.ok && response.headers.getSetCookie().some((cookie) => cookie.includes('session-token=')))
    await throttle.giveBack(...attempt);
  return response;
}
