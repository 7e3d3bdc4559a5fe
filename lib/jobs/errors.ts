import type { JobError } from '#prisma/enums';

const runAgain = 'run the job again';

/** The API's text for each reason why a job failed. Existing clients compare the first one. */
export const apiErrorTexts = {
  codes_limit_exceeded: 'codes limit exceeded',
  automatic_promotion: 'Cannot add codes to an automatic promotion',
  no_new_codes_left: 'No new codes are left with this length and prefix. Use a longer code or another prefix.',
  worker_died: `The worker process died 3 times during this job. Generate fewer codes at once, or ${runAgain}.`,
  storage_full: `The export folder is full. Free some space, then ${runAgain}.`,
  storage_read_only: `The export folder is read-only. Make it writable, then ${runAgain}.`,
  storage_forbidden: `Promint is not allowed to write to the export folder. Grant it access, then ${runAgain}.`,
  storage_missing: `The export folder is missing. Restore it, then ${runAgain}.`,
  storage_not_a_folder: `STORAGE_DIR does not name a folder. Correct it, then ${runAgain}.`,
  database_full: `The database is out of disk space. Free some space, then ${runAgain}.`,
  database_refused: `The database rejected a write. If it happens again when you ${runAgain}, the server log has the details.`,
  internal: `Something went wrong on the server. If it happens again when you ${runAgain}, the server log has the details.`,
} as const satisfies Record<JobError, string>;
