import { TokenBucket } from 'limiter';
import { config } from '#lib/config';
import { DomainError } from '#lib/errors';

// One bucket for each client that has called this process. Administrators create clients, so there are few.
const buckets = new Map<string, TokenBucket>();

/** Counts one call of a client against its rate. Throws `too_many_requests` with the seconds until the next call is allowed. */
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
