import 'server-only';
import { headers } from 'next/headers';
import { forbidden, redirect } from 'next/navigation';
import { getServerSession, type NextAuthOptions } from 'next-auth';
import credentials from 'next-auth/providers/credentials';
import { cache } from 'react';
import { required } from '#lib/config';
import { db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { isHttps } from '#lib/http/base-url';
import { clientAddress } from '#lib/http/client-address';
import { log } from '#lib/log';
import { may, type Permission } from '#lib/users/permissions';
import type { authenticate } from '#lib/users/sign-in/authenticate';
import { closeSession, findSessionUser, openSession, recordActivity, type SessionUser } from '#lib/users/sign-in/session';
import { sessionDays } from '#lib/users/sign-in/session.sql';

declare module 'next-auth' {
  interface Session {
    sessionId?: string;
  }
}

declare module 'next-auth/jwt' {
  interface JWT {
    sessionId?: string;
  }
}

/** Finds the user with this email address and password. next-auth verifies its CSRF token before it calls this. */
export type Authorize = (email: string, password: string) => ReturnType<typeof authenticate>;

/**
 * The options of next-auth for a request with these headers. The session cookie holds only the id of a row in `sessions`.
 * Without `authorize` every sign-in is rejected.
 */
export function authOptions(headers: Headers, authorize: Authorize = async () => null): NextAuthOptions {
  return {
    secret: required('appSecret'),
    session: { strategy: 'jwt', maxAge: sessionDays * 86_400 },
    useSecureCookies: isHttps(headers),
    pages: { signIn: '/sign-in', error: '/sign-in' },
    // Only the code is logged, because the details may contain user input. A cookie signed with an earlier secret also causes an error.
    logger: {
      error: (code) => log.info({ code }, 'sign-in error'),
      warn: (code) => log.debug({ code }, 'sign-in warning'),
      debug: () => {},
    },
    providers: [
      credentials({
        credentials: { email: {}, password: {} },
        authorize: (given) => authorize(given?.email ?? '', given?.password ?? ''),
      }),
    ],
    callbacks: {
      jwt: async ({ token, user }) => (user ? { sessionId: await startSession(user.id) } : token),
      session: ({ session, token }) => ({ expires: session.expires, sessionId: token.sessionId }),
      redirect: ({ url, baseUrl }) => ownAddress(url, baseUrl),
    },
    events: {
      signOut: async ({ token }) => {
        if (token?.sessionId) await closeSession(db(), token.sessionId);
      },
    },
  };
}

/** Returns `url` when it is on this site, and `baseUrl` otherwise, so that a sign-in never redirects to another site. */
export function ownAddress(url: string, baseUrl: string): string {
  const address = URL.canParse(url, baseUrl) ? new URL(url, baseUrl) : null;
  return address && address.origin === new URL(baseUrl).origin ? address.href : baseUrl;
}

/** Opens a session for this browser, and ends the session of its previous cookie. */
async function startSession(userId: string): Promise<string> {
  const given = await headers();
  const before = await getServerSession(authOptions(given));
  const context = { userAgent: given.get('user-agent'), address: clientAddress(given), previousSessionId: before?.sessionId };
  return openSession(db(), userId, context);
}

/**
 * The signed-in user, read from the database once for each request, so that disabling a user is effective at once. `requireUser` and
 * `requirePageUser` check permissions.
 */
export const currentUser = cache(async (): Promise<SessionUser | null> => {
  const session = await getServerSession(authOptions(await headers()));
  return session?.sessionId ? findSessionUser(db(), session.sessionId) : null;
});

/** The first line of every action and session-bound route. A `poll` does not extend an idle session. Throws `unauthorized` or `forbidden`. */
export async function requireUser(permission: Permission, { poll = false } = {}): Promise<SessionUser> {
  const user = await currentUser();
  if (!user) throw new DomainError('unauthorized', 'You are signed out. Sign in again.');
  if (user.mustChangePassword && permission !== 'own_password')
    throw new DomainError('forbidden', 'Change your password first. Reload the page to do so.');
  if (!may(user.role, permission)) throw new DomainError('forbidden', 'Your role does not allow this. Ask an administrator.');
  if (!poll) await recordActivity(db(), user);
  return user;
}

/**
 * The first line of every page. Redirects a visitor without a session to the sign-in page, and a user who must change the password to
 * the page for it. Both pages return to the requested address afterwards.
 */
export async function requirePageUser(permission: Permission): Promise<SessionUser> {
  const user = await currentUser();
  if (!user) return redirect(await withReturn('/sign-in'));
  if (user.mustChangePassword && permission !== 'own_password') redirect(await withReturn('/change-password'));
  if (!may(user.role, permission)) forbidden();
  await recordActivity(db(), user);
  return user;
}

async function withReturn(path: string): Promise<string> {
  return `${path}?callbackUrl=${encodeURIComponent((await headers()).get('x-address') ?? '/')}`;
}
