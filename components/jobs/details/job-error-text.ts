import type { JobRow } from '#lib/jobs/list/job-row';
import type { JobError } from '#prisma/enums';

/** The problem, the advice for a job that failed, and the advice for a job that is retried automatically. */
type Reason = { problem: string; failed: string; retried?: string };

const checkLog = 'If it happens again, check the server log.';

const reasons = {
  codes_limit_exceeded: {
    problem: "Doesn't fit in this promotion. No codes were created.",
    failed: 'Generate fewer, or raise the maximum.',
  },
  automatic_promotion: {
    problem: 'This promotion applies automatically and takes no codes.',
    failed: 'Create a promotion with codes instead.',
  },
  no_new_codes_left: { problem: 'No new codes are left with this length and prefix.', failed: 'Use a longer code or another prefix.' },
  worker_died: {
    problem: 'The worker process died three times during this job.',
    failed: 'Generate fewer codes at once; if it happens again, check the server log.',
    retried: checkLog,
  },
  storage_full: {
    problem: 'The export folder is full.',
    failed: 'Free some space, then run the job again.',
    retried: 'Free some space.',
  },
  storage_read_only: {
    problem: 'The export folder is read-only.',
    failed: 'Make it writable, then run the job again.',
    retried: 'Make it writable.',
  },
  storage_forbidden: {
    problem: "Promint isn't allowed to write to the export folder.",
    failed: 'Grant it access, then run the job again.',
    retried: 'Grant it access.',
  },
  storage_missing: { problem: 'The export folder is missing.', failed: 'Restore it, then run the job again.', retried: 'Restore it.' },
  storage_not_a_folder: {
    problem: "STORAGE_DIR doesn't name a folder.",
    failed: 'Correct it, then run the job again.',
    retried: 'Correct it.',
  },
  database_full: {
    problem: 'The database is out of disk space.',
    failed: 'Free some space, then run the job again.',
    retried: 'Free some space.',
  },
  database_refused: {
    problem: 'The database rejected a write.',
    failed: 'Run the job again; if it happens again, check the server log.',
    retried: checkLog,
  },
  internal: {
    problem: 'Something went wrong on our side.',
    failed: 'Run the job again; if it happens again, check the server log.',
    retried: checkLog,
  },
} as const satisfies Record<JobError, Reason>;

/** Returns why a job failed or is retried, and what to do about it; an empty text for a job without an error. */
export function jobErrorText({ error, retry }: Pick<JobRow, 'error' | 'retry'>): string {
  if (error) return `${reasons[error].problem} ${reasons[error].failed}`;
  if (!retry) return '';
  const { problem, retried = checkLog }: Reason = reasons[retry.error];
  return `${problem} ${retried}`;
}
