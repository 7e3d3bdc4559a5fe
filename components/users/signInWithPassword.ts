import { getCsrfToken } from 'next-auth/react';

export type SignInAnswer =
  | { outcome: 'signed in' }
  | { outcome: 'wrong' }
  | { outcome: 'refused' }
  | { outcome: 'too many attempts'; minutes: number }
  | { outcome: 'unreachable' };

/** Signs in through next-auth's credentials route. next-auth's own `signIn` hides how long to wait after too many attempts. */
export async function signInWithPassword(email: string, password: string): Promise<SignInAnswer> {
  try {
    const body = new URLSearchParams({ email, password, csrfToken: (await getCsrfToken()) ?? '', json: 'true' });
    const response = await fetch('/api/auth/callback/credentials', { method: 'POST', body });
    if (response.status === 429)
      return { outcome: 'too many attempts', minutes: Math.ceil(Number(response.headers.get('Retry-After') ?? 60) / 60) };
    if (response.status === 401) return { outcome: 'wrong' };
    if (response.status === 403) return { outcome: 'refused' };
    return { outcome: response.ok ? 'signed in' : 'unreachable' };
  } catch {
    return { outcome: 'unreachable' };
  }
}
