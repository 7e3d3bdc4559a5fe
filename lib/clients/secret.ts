import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Generates a random secret. Its prefix lets people and secret scanners recognize it. */
export function generateSecret(): string {
  return `promint_${randomBytes(32).toString('base64url')}`;
}

/** The hash of a secret for storage. A secret has 256 random bits, so a slower hash than SHA-256 would not protect it better. */
export function secretSha256(secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(hash('sha256', secret, 'buffer'));
}

/** Finds the stored secret that matches `secret`. Compares in constant time. */
export function findSecret<T extends { sha256: Uint8Array }>(stored: readonly T[], secret: string): T | undefined {
  const given = secretSha256(secret);
  return stored.filter(({ sha256 }) => timingSafeEqual(sha256, given))[0];
}
