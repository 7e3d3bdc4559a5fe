import { TokenBucket } from 'limiter';
import { config } from '#lib/config';
import { DomainError } from '#lib/errors';

// One for each client that ever called this process: administrators make clients, so they are few.
const buckets = new Map<string, TokenBucket>();

/** Takes one call of a client from its bucket, which a second fills. Throws `too_many_requests` with when to come back. */
export function takeCall(clientId: string): void {
  const bucket = buckets.get(clientId) ?? fullBucket();
  buckets.set(clientId, bucket);
  if (bucket.tryRemoveTokens(1)) return;
  const seconds = Math.max(1, Math.ceil(bucket.getWaitTime(1) / 1000));
  throw new DomainError('too_many_requests', `Only ${bucket.bucketSize} requests a second are allowed`).retryAfter(seconds);
}

function fullBucket(): TokenBucket {
  const { apiRateLimit } = config();
  const bucket = new TokenBucket({ bucketSize: apiRateLimit, tokensPerInterval: apiRateLimit, interval: 'second' });
  bucket.content = apiRateLimit;
  return bucket;
}
