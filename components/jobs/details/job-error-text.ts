import type { JobRow } from '#lib/jobs/list/job-row';
import type { JobError } from '#prisma/enums';

/** What happened, what to do about a job that failed because of it, and about a job that is tried again by itself. */
type Reason = { what: string; failed: string; retried?: string };

const checkLog = 'If it happens again, check the server log.';

const reasons = {
  codes_limit_exceeded: {
    what: "Doesn't fit in this promotion. No codes were created.",
    failed: 'Generate fewer, or raise the maximum.',
  },
  automatic_promotion: {
    what: 'This promotion applies automatically and takes no codes.',
    failed: 'Create a promotion with codes instead.',
  },
  no_new_codes_left: { what: 'No new codes are left with this length and prefix.', failed: 'Use a longer code or another prefix.' },
  worker_died: {
    what: 'The worker process died three times during this job.',
    failed: 'Generate fewer codes at once; if it happens again, check the server log.',
    retried: checkLog,
  },
  storage_full: {
    what: 'The export folder is full.',
    failed: 'Free some space, then run the job again.',
    retried: 'Free some space.',
  },
  storage_read_only: {
    what: 'The export folder is read-only.',
    failed: 'Make it writable, then run the job again.',
    retried: 'Make it writable.',
  },
  storage_forbidden: {
    what: "Promint isn't allowed to write to the export folder.",
    failed: 'Grant it access, then run the job again.',
    retried: 'Grant it access.',
  },
  storage_missing: { what: 'The export folder is missing.', failed: 'Restore it, then run the job again.', retried: 'Restore it.' },
  storage_not_a_folder: {
    what: "STORAGE_DIR doesn't name a folder.",
    failed: 'Correct it, then run the job again.',
    retried: 'Correct it.',
  },
  database_full: {
    what: 'The database is out of disk space.',
    failed: 'Free some space, then run the job again.',
    retried: 'Free some space.',
  },
  database_refused: {
    what: 'The database rejected a write.',
    failed: 'Run the job again; if it happens again, check the server log.',
    retried: checkLog,
  },
  internal: {
    what: 'Something went wrong on our side.',
    failed: 'Run the job again; if it happens again, check the server log.',
    retried: checkLog,
  },
} as const satisfies Record<JobError, Reason>;

/** Why a job failed, or is tried again, and what to do about it; empty for a job without an error. */
export function jobErrorText({ error, retry }: Pick<JobRow, 'error' | 'retry'>): string {
  if (error) return `${reasons[error].what} ${reasons[error].failed}`;
  if (!retry) return '';
  const { what, retried = checkLog }: Reason = reasons[retry.error];
  return `${what} ${retried}`;
}
