import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { seedCodes } from '#lib/codes/generator/random';
import { DomainError } from '#lib/errors';
import { passwordProblem } from '#lib/users/password/rule';

// OWASP's second recommendation for argon2id; the package's default algorithm is argon2id.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

// What a wrong account is compared with, so that it takes as long as a wrong password.
const nobody = hash(randomBytes(16), cost);

/** What is stored of a password. It checks nothing: {@link newPassword} does. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

/** Whether the password is right. Without a hash (no such account) it takes as long and says no. */
export async function verifyPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  const matches = await verify(passwordHash ?? (await nobody), password);
  return matches && passwordHash !== undefined;
}

/** A password nobody chose, as easy to read aloud as a code: 20 random characters, 96 bits. */
export function generatePassword(): string {
  return seedCodes(1, 20).join('');
}

/**
 * The hash of a password that someone chose, or of a generated one, which has to be told once. Every way to set a
 * password comes through here. Throws `invalid_input` with the field `source` for a chosen password that is easy to guess.
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
