import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { generateCodes } from '#lib/codes/generator/random';
import { DomainError } from '#lib/errors';
import { passwordProblem } from '#lib/users/password/rule';

// OWASP's second recommendation for argon2id; the package's default algorithm is argon2id.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

// Compared with the password when the account is unknown, so that both cases take the same time.
const nobody = hash(randomBytes(16), cost);

/** Hashes a password for storage, without any check; see {@link newPassword}. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

/** True when the password is right. Without a hash (unknown account) it takes the same time and returns false. */
export async function verifyPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  const matches = await verify(passwordHash ?? (await nobody), password);
  return matches && passwordHash !== undefined;
}

/** A generated password that is as easy to read aloud as a code: 20 random characters, 96 bits. */
export function generatePassword(): string {
  return generateCodes(1, 20).join('');
}

/**
 * The hash of a chosen password, or of a generated one, which the caller must show once. Every way to set a password uses this
 * function. Throws `invalid_input` with the field `source` for a chosen password that is easy to guess.
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
