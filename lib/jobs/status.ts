import type { JobStatus } from '#prisma/enums';

/**
 * The states of a job and where each may go; nothing else, ever. A stopped worker's job stays `processing`
 * until another takes it up.
 */
export const transitions = {
  pending: ['processing', 'cancelled', 'failed'],
  processing: ['completed', 'failed', 'cancelling'],
  cancelling: ['cancelled'],
  completed: [],
  failed: [],
  cancelled: [],
} as const satisfies Record<JobStatus, readonly JobStatus[]>;

/** In the order in which people read them: what runs first. */
export const jobStatuses = [
  'pending',
  'processing',
  'cancelling',
  'completed',
  'failed',
  'cancelled',
] as const satisfies readonly JobStatus[];

/** The states that hold a promotion's one place for a job. */
export const activeStatuses = ['pending', 'processing', 'cancelling'] as const satisfies readonly JobStatus[];

/** Whether something may still happen to the job. */
export function isActive(status: JobStatus): boolean {
  return transitions[status].length > 0;
}

/** Whether a run has the job, or must take it up again. */
export function isMoving(status: JobStatus): boolean {
  return status === 'processing' || status === 'cancelling';
}

/** A run sends a heartbeat every second. Without one for this long, it does not count as live. */
export const silentSeconds = 5;

/** True when a started job has no live run. */
export function isLeft({ status, secondsSilent }: { status: JobStatus; secondsSilent: number | null }): boolean {
  return isMoving(status) && (secondsSilent ?? 0) > silentSeconds;
}

/** Whether somebody may still cancel the job. */
export function canCancel(status: JobStatus): boolean {
  return status === 'pending' || status === 'processing';
}

/** Whether the job is over, for better or worse. */
export function isFinal(status: JobStatus): boolean {
  return !isActive(status);
}
