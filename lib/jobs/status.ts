import type { JobStatus } from '#prisma/enums';

/**
 * The statuses of a job and the allowed transitions. A job whose worker stopped stays `processing` until another worker claims it.
 */
export const transitions = {
  pending: ['processing', 'cancelled', 'failed'],
  processing: ['completed', 'failed', 'cancelling'],
  cancelling: ['cancelled'],
  completed: [],
  failed: [],
  cancelled: [],
} as const satisfies Record<JobStatus, readonly JobStatus[]>;

/** The statuses in the order of the screens: active jobs first. */
export const jobStatuses = [
  'pending',
  'processing',
  'cancelling',
  'completed',
  'failed',
  'cancelled',
] as const satisfies readonly JobStatus[];

/** The statuses of an active job. A promotion has at most one. */
export const activeStatuses = ['pending', 'processing', 'cancelling'] as const satisfies readonly JobStatus[];

/** Returns true while the job has not ended. */
export function isActive(status: JobStatus): boolean {
  return transitions[status].length > 0;
}

/** Returns true for a started job that has not ended. */
export function isMoving(status: JobStatus): boolean {
  return status === 'processing' || status === 'cancelling';
}

/** A run sends a heartbeat every second. After this time without one, it does not count as live. */
export const silentSeconds = 5;

/** Returns true when a started job has no live run. */
export function isLeft({ status, secondsSilent }: { status: JobStatus; secondsSilent: number | null }): boolean {
  return isMoving(status) && (secondsSilent ?? 0) > silentSeconds;
}

/** Returns true when the status allows a cancellation. */
export function canCancel(status: JobStatus): boolean {
  return status === 'pending' || status === 'processing';
}

/** Returns true when the job has ended. */
export function isFinal(status: JobStatus): boolean {
  return !isActive(status);
}
