import type { JobRow } from '#lib/jobs/list/job-row';

/** The reasons whose exact words clients know, and what they mean for people. All others say what to do by themselves. */
const meanings: Record<string, string> = {
  'codes limit exceeded':
    'The promotion cannot hold that many codes. Nothing was added: ask for fewer, or have an administrator raise its maximum.',
  'Cannot add codes to an automatic promotion': 'Its customers need no code. For codes, make a promotion that is not automatic.',
};

/** Why a job failed, and what to do about it. */
export function reasonInWords({ error }: Pick<JobRow, 'error'>): string {
  if (!error) return '';
  const meaning = meanings[error];
  return meaning ? `${error.charAt(0).toUpperCase()}${error.slice(1)}. ${meaning}` : error;
}
