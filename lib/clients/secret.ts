import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A secret nobody can guess, with a beginning by which people and scanners tell what it is. */
export function generateSecret(): string {
  return `promint_${randomBytes(32).toString('base64url')}`;
}

/** What is kept of a secret. It holds 256 random bits, so that nothing slower than one SHA-256 protects it better. */
export function secretSha256(secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(hash('sha256', secret, 'buffer'));
}

/** Which of the kept secrets this is. Takes as long whether there is one or not. */
export function findSecret<T extends { sha256: Uint8Array }>(kept: readonly T[], secret: string): T | undefined {
  const given = secretSha256(secret);
  return kept.filter(({ sha256 }) => timingSafeEqual(sha256, given))[0];
}
