import { formatTimeLeft } from '#lib/format/duration';
import { formatNumber } from '#lib/format/number';
import type { JobRow, QueuePosition } from '#lib/jobs/list/job-row';
import { isLeft } from '#lib/jobs/status';

const places = ['Next', 'Second', 'Third', 'Fourth', 'Fifth'];
// A worker that is free takes a job up in less.
const momentSeconds = 2;

/** Why a job does not run: its place in the line, and what has to happen first. Null for one that needs no word. */
export function waitingText(job: JobRow, queuePosition: QueuePosition | null): string | null {
  if (isLeft(job)) return leftWords(job, queuePosition);
  if (job.status !== 'pending' || !queuePosition) return null;
  if (!queuePosition.workers) return 'No worker is running, so it does not start. Tell whoever hosts Promint.';
  const place = placeIn(queuePosition, job.id);
  return job.secondsWaited < momentSeconds ? place : `${place}: ${reason(job, queuePosition)}`;
}

function leftWords({ id }: JobRow, queuePosition: QueuePosition | null): string {
  if (queuePosition && !queuePosition.workers) return 'Interrupted, and no worker is running to go on. Tell whoever hosts Promint.';
  return queuePosition?.ids.includes(id)
    ? `Interrupted. ${placeIn(queuePosition, id)} to go on`
    : 'Interrupted. Another worker goes on with it in a moment';
}

function placeIn({ ids, more }: QueuePosition, id: string): string {
  const place = ids.indexOf(id);
  if (place < 0 && more) return `Behind more than ${formatNumber(ids.length)} jobs`;
  // Its entry in the queue is made anew within seconds, at the end.
  const n = place < 0 ? ids.length : place;
  return `${places[n] ?? `Number ${formatNumber(n + 1)}`} in line`;
}

function reason({ large }: JobRow, { running, ...queuePosition }: QueuePosition): string {
  const next = large ? queuePosition.nextLarge : queuePosition.next;
  if (next) return `“${next.name}” ends in ${formatTimeLeft(next.secondsLeft)}`;
  return running > 0 ? 'all workers are busy' : 'it starts in a moment';
}
