import PQueue from 'p-queue';
import { DomainError } from '#lib/errors';

const mostAtOnce = 4;
const longestWaitSeconds = 10;

// One for each client that ever changed codes through this process. Administrators create clients, so there are few.
const queues = new Map<string, PQueue>();

/**
 * Runs one call of a client when fewer than four others of it run. Further calls wait in order: they hold no body and no
 * database connection. Throws `too_many_requests` after 10 s. A call whose client has `gone` meanwhile does not run.
 */
export function inTurn<T>(clientId: string, gone: AbortSignal, work: () => Promise<T>): Promise<T> {
  const queue = queues.get(clientId) ?? new PQueue({ concurrency: mostAtOnce });
  queues.set(clientId, queue);
  const tooMany = new DomainError('too_many_requests', tooManyTurns).retryAfter(longestWaitSeconds);
  return inQueue(queue, { gone, tooMany, work });
}

// Fewer than the process has connections to the database, so that the calls of others find one.
const redemptions = new PQueue({ concurrency: 8 });

/**
 * Runs one call that redeems when fewer than eight others run. A thousand customers with one code wait here in order, and not for
 * a connection to the database, where most of them would be refused. Throws `unavailable` after 10 s.
 */
export function redeemInTurn<T>(gone: AbortSignal, work: () => Promise<T>): Promise<T> {
  const tooMany = new DomainError('unavailable', tooManyRedemptions).retryAfter(longestWaitSeconds / 5);
  return inQueue(redemptions, { gone, tooMany, work });
}

type Waiting<T> = { gone: AbortSignal; tooMany: DomainError; work: () => Promise<T> };

async function inQueue<T>(queue: PQueue, { gone, tooMany, work }: Waiting<T>): Promise<T> {
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(tooMany), longestWaitSeconds * 1000);
  const leave = () => waiting.abort(new DomainError('bad_request', 'The connection was closed before the call began'));
  gone.addEventListener('abort', leave, { once: true });
  const stopWaiting = () => {
    clearTimeout(timer);
    gone.removeEventListener('abort', leave);
  };
  const run = () => {
    stopWaiting();
    return work();
  };
  return queue.add(run, { signal: waiting.signal }).finally(stopWaiting);
}

export const tooManyRedemptions = 'Too many codes are being redeemed at the moment';
export const tooManyTurns = `Only ${mostAtOnce} calls that add or remove codes run at a time for one client`;
