import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { makeCodes } from '#lib/codes/random';

// OWASP's second recommendation for argon2id; the package's default algorithm is argon2id.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

// What a wrong account is compared with, so that it takes as long as a wrong password.
const nobody = hash(randomBytes(16), cost);

export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

/** Whether the password is right. Without a hash (no such account) it takes as long and says no. */
export async function verifyPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  const matches = await verify(passwordHash ?? (await nobody), password);
  return matches && passwordHash !== undefined;
}

/** A password nobody chose, as easy to read aloud as a code: 20 random characters, 96 bits. */
export function makePassword(): string {
  return makeCodes(1, 20).join('');
}

/** The password somebody chose, or a new one that has to be told once. */
export function givenOrMade(given: string | undefined): { password: string; madePassword?: string } {
  if (given !== undefined) return { password: given };
  const madePassword = makePassword();
  return { password: madePassword, madePassword };
}
