import { formatTimeLeft } from '#lib/format/duration';
import { formatNumber } from '#lib/format/number';
import type { JobRow, QueuePosition } from '#lib/jobs/list/job-row';
import { isLeft } from '#lib/jobs/status';

// A free worker starts a job in less time.
const startSeconds = 2;

/** Returns why a job does not run: its position in the queue and what it waits for. Null for a job that does not wait. */
export function waitingText(job: JobRow, queue: QueuePosition | null): string | null {
  if (isLeft(job)) return interruptedText(job, queue);
  if (job.status !== 'pending' || !queue) return null;
  if (!queue.workers) return 'No worker is running, so this job cannot start. Tell the person who runs Promint.';
  const position = positionText(queue, job.id);
  return job.secondsWaited < startSeconds ? position : `${position}: ${reason(job, queue)}`;
}

function interruptedText({ id }: JobRow, queue: QueuePosition | null): string {
  if (queue && !queue.workers) return 'Interrupted, and no worker is running to continue. Tell the person who runs Promint.';
  return queue?.ids.includes(id) ? `Interrupted. ${positionText(queue, id)}` : 'Interrupted. Another worker continues in a moment';
}

function positionText({ ids, more }: QueuePosition, id: string): string {
  const index = ids.indexOf(id);
  if (index < 0 && more) return `Behind more than ${formatNumber(ids.length)} jobs`;
  // A job without a queue entry gets a new one within seconds, at the end.
  const position = index < 0 ? ids.length + 1 : index + 1;
  return position === 1 ? 'Next in the queue' : `Position ${formatNumber(position)} in the queue`;
}

function reason({ large }: JobRow, { running, ...queue }: QueuePosition): string {
  const next = large ? queue.nextLarge : queue.next;
  if (next) return `“${next.name}” ends in ${formatTimeLeft(next.secondsLeft)}`;
  return running > 0 ? 'all workers are busy' : 'starts in a moment';
}
