import type { Db } from '#lib/db';
import { normalizeEmail } from '#lib/users/email';
import { authenticate } from '#lib/users/sign-in/authenticate';
import { knownDevice } from '#lib/users/sign-in/known-device';
import { countSignInAttempt, uncountSignInAttempt } from '#lib/users/sign-in/throttle';

/** The input of a sign-in, with the address and the device cookie of the request. */
export type SignInAttempt = { email: string; password: string; address: string; deviceCookie: string | undefined };

/**
 * Returns the user with this email address and password, or null. Counts the attempt before it hashes the password, and subtracts it
 * when the password is correct. Throws `too_many_requests`.
 */
export async function signIn(db: Db, { email, password, address, deviceCookie }: SignInAttempt): ReturnType<typeof authenticate> {
  const account = normalizeEmail(email);
  const device = knownDevice(deviceCookie, account);
  const attempt = device === null ? { email: account, address } : { email: account, device };
  await countSignInAttempt(attempt);
  const user = await authenticate(db, account, password);
  if (user) await uncountSignInAttempt(attempt);
  return user;
}
