import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { generateCodes } from '#lib/codes/generator/random';
import { DomainError } from '#lib/errors';
import { passwordProblem } from '#lib/users/password/rule';

// The second set of parameters that OWASP recommends for argon2id, which is the default algorithm of the package.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

// The hash to verify for an unknown account, so that both cases need the same time.
const unknownAccountHash = hash(randomBytes(16), cost);

/** Hashes a password for storage, without checking it; see {@link newPassword}. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

/** True when the password is correct. Without a hash (unknown account) it needs the same time and returns false. */
export async function verifyPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  const matches = await verify(passwordHash ?? (await unknownAccountHash), password);
  return matches && passwordHash !== undefined;
}

/** Generates a password of 20 random characters (96 bits) that is as easy to read aloud as a code. */
export function generatePassword(): string {
  return generateCodes(1, 20).join('');
}

/**
 * Hashes a chosen password or, without one, generates a password, which the caller must show once. Every operation that sets a password
 * uses this function. Throws `invalid_input` with the field `source` for a chosen password that is easy to guess.
 */
export async function newPassword(
  chosen: string | undefined,
  { email, source }: { email: string; source: string },
): Promise<{ passwordHash: string; generatedPassword?: string }> {
  if (chosen === undefined) {
    const generatedPassword = generatePassword();
    return { passwordHash: await hashPassword(generatedPassword), generatedPassword };
  }
  const problem = passwordProblem(chosen, email);
  if (problem) throw new DomainError('invalid_input', { detail: problem, source });
  return { passwordHash: await hashPassword(chosen) };
}
