import { TokenBucket } from 'limiter';
import { config } from '#lib/config';
import { DomainError } from '#lib/errors';

// One bucket for each client that has called this process. Only administrators create clients, so there are few.
const buckets = new Map<string, TokenBucket>();

/** Counts one call of a client. Throws `too_many_requests` with `Retry-After` when the client exceeds its rate per second. */
export function limitRate(clientId: string): void {
  const bucket = buckets.get(clientId) ?? fullBucket();
  buckets.set(clientId, bucket);
  if (bucket.tryRemoveTokens(1)) return;
  const seconds = Math.max(1, Math.ceil(bucket.getWaitTime(1) / 1000));
  throw new DomainError('too_many_requests', `Only ${bucket.bucketSize} requests per second are allowed`).retryAfter(seconds);
}

function fullBucket(): TokenBucket {
  const { apiRateLimit } = config();
  const bucket = new TokenBucket({ bucketSize: apiRateLimit, tokensPerInterval: apiRateLimit, interval: 'second' });
  bucket.content = apiRateLimit;
  return bucket;
}
