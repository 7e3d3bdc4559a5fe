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
export async function inTurn<T>(clientId: string, gone: AbortSignal, work: () => Promise<T>): Promise<T> {
  const queue = queues.get(clientId) ?? new PQueue({ concurrency: mostAtOnce });
  queues.set(clientId, queue);
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(tooMany()), longestWaitSeconds * 1000);
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

function tooMany(): DomainError {
  return new DomainError('too_many_requests', tooManyTurns).retryAfter(longestWaitSeconds);
}

export const tooManyTurns = `Only ${mostAtOnce} calls that add or remove codes run at a time for one client`;
