import type { JobRow } from '#lib/jobs/list/job-row';
import type { JobError } from '#prisma/enums';

/** The reason of each error and what to do about it. */
const reasons = {
  codes_limit_exceeded: "Doesn't fit in this promotion. No codes were created. Generate fewer, or raise the maximum.",
  automatic_promotion: 'This promotion applies automatically and takes no codes. Create a promotion with codes instead.',
  no_new_codes_left: 'No new codes are left with this length and prefix. Use a longer code or another prefix.',
  worker_died:
    'The worker process died three times during this job. Generate fewer codes at once; if it happens again, check the server log.',
  storage_full: 'The export folder is full. Free some space, then run the job again.',
  storage_read_only: 'The export folder is read-only. Make it writable, then run the job again.',
  storage_forbidden: "Promint isn't allowed to write to the export folder. Grant it access, then run the job again.",
  storage_missing: 'The export folder is missing. Restore it, then run the job again.',
  storage_not_a_folder: "STORAGE_DIR doesn't name a folder. Correct it, then run the job again.",
  database_full: 'The database is out of disk space. Free some space, then run the job again.',
  database_refused: 'The database rejected a write. Run the job again; if it happens again, check the server log.',
  internal: 'Something went wrong on our side. Run the job again; if it happens again, check the server log.',
} as const satisfies Record<JobError, string>;

/** Returns why a job failed and what to do about it; an empty text for a job without an error. */
export function jobErrorText({ error }: Pick<JobRow, 'error'>): string {
  return error ? reasons[error] : '';
}
