import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A random secret, with a prefix by which people and secret scanners recognize it. */
export function generateSecret(): string {
  return `promint_${randomBytes(32).toString('base64url')}`;
}

/** The stored hash of a secret. A secret has 256 random bits, so a slower hash than SHA-256 would not protect it better. */
export function secretSha256(secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(hash('sha256', secret, 'buffer'));
}

/** The stored secret that matches, in constant time. */
export function findSecret<T extends { sha256: Uint8Array }>(kept: readonly T[], secret: string): T | undefined {
  const given = secretSha256(secret);
  return kept.filter(({ sha256 }) => timingSafeEqual(sha256, given))[0];
}
