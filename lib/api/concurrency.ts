import PQueue from 'p-queue';
import { DomainError } from '#lib/errors';

const maximumConcurrency = 4;
const maximumWaitSeconds = 10;

// One queue for each client that has changed codes through this process. Only administrators create clients, so there are few.
const queues = new Map<string, PQueue>();

/**
 * Runs a call when fewer than four others of the same client run. Further calls wait in their order, without a body or a database
 * connection. Throws `too_many_requests` after a wait of 10 s. A waiting call does not run after `disconnected` has fired.
 */
export function limitConcurrency<T>(clientId: string, disconnected: AbortSignal, work: () => Promise<T>): Promise<T> {
  const queue = queues.get(clientId) ?? new PQueue({ concurrency: maximumConcurrency });
  queues.set(clientId, queue);
  const tooMany = new DomainError('too_many_requests', tooManyConcurrentCalls).retryAfter(maximumWaitSeconds);
  return waitInQueue(queue, { disconnected, tooMany, work });
}

// Fewer than the database connections of the process, so that other calls get a connection.
const redemptions = new PQueue({ concurrency: 8 });

/**
 * Runs a redemption when fewer than eight others run. Further redemptions wait here in their order and not for a database
 * connection, where most of them would be rejected. Throws `unavailable` after a wait of 10 s.
 */
export function limitRedemptions<T>(disconnected: AbortSignal, work: () => Promise<T>): Promise<T> {
  const tooMany = new DomainError('unavailable', tooManyRedemptions).retryAfter(maximumWaitSeconds / 5);
  return waitInQueue(redemptions, { disconnected, tooMany, work });
}

type QueuedCall<T> = { disconnected: AbortSignal; tooMany: DomainError; work: () => Promise<T> };

async function waitInQueue<T>(queue: PQueue, { disconnected, tooMany, work }: QueuedCall<T>): Promise<T> {
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(tooMany), maximumWaitSeconds * 1000);
  const cancel = () => waiting.abort(new DomainError('bad_request', 'The connection was closed before the call started'));
  disconnected.addEventListener('abort', cancel, { once: true });
  const stopWaiting = () => {
    clearTimeout(timer);
    disconnected.removeEventListener('abort', cancel);
  };
  const run = () => {
    stopWaiting();
    return work();
  };
  return queue.add(run, { signal: waiting.signal }).finally(stopWaiting);
}

/** The text of the error for a redemption that has waited too long. */
export const tooManyRedemptions = 'Too many codes are being redeemed at the moment';

/** The text of the error for a call that has waited too long. */
export const tooManyConcurrentCalls = `A client can run only ${maximumConcurrency} calls that add or remove codes at a time`;
