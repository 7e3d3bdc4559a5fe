import type { Db } from '#lib/db';
import { normalizeEmail } from '#lib/users/email';
import { authenticate } from '#lib/users/sign-in/authenticate';
import { knownDevice } from '#lib/users/sign-in/known-device';
import { giveBackSignInAttempt, takeSignInAttempt } from '#lib/users/sign-in/throttle';

/** What is typed to sign in, and what the request says of where it comes from. */
export type SignInAttempt = { email: string; password: string; address: string; deviceCookie: string | undefined };

/**
 * The user whose e-mail address and password these are, or null. Counts the attempt before any password is hashed, and
 * takes it back when the password is right. Throws `too_many_requests`.
 */
export async function signIn(db: Db, { email, password, address, deviceCookie }: SignInAttempt): ReturnType<typeof authenticate> {
  const account = normalizeEmail(email);
  const device = knownDevice(deviceCookie, account);
  const attempt = device === null ? { email: account, address } : { email: account, device };
  await takeSignInAttempt(attempt);
  const user = await authenticate(db, account, password);
  if (user) await giveBackSignInAttempt(attempt);
  return user;
}
