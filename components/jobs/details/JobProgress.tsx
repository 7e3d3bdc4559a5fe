import { Progress, Text } from '@mantine/core';
import { jobErrorText } from '#components/jobs/details/job-error-text.ts';
import { waitingText } from '#components/jobs/details/waiting-text.ts';
import { JobStatusBadge } from '#components/jobs/JobStatusBadge.tsx';
import { jobTitle } from '#components/jobs/labels.ts';
import { formatTimeLeft } from '#lib/format/duration';
import { formatFileSize } from '#lib/format/file-size';
import { formatCount, formatNumber } from '#lib/format/number';
import type { JobRow, QueuePosition } from '#lib/jobs/list/job-row';
import { isMoving } from '#lib/jobs/status';
import type { JobType } from '#prisma/enums';
import classes from './details.module.css';

/** The state of a job, and below it how far it is, what came of it, or why it did not. */
export function JobProgress({ job, queuePosition }: { job: JobRow; queuePosition: QueuePosition | null }) {
  const moves = isMoving(job.status);
  const words = waitingText(job, queuePosition) ?? outcome(job);
  return (
    <div className={classes.state}>
      <div className={classes.stateLine}>
        <JobStatusBadge status={job.status} />
        {moves && <span>{whatIsLeft(job)}</span>}
      </div>
      {moves && <Bar job={job} />}
      {words && (
        <Text size="sm" c={job.error ? 'var(--mantine-color-error)' : 'dimmed'} lineClamp={5}>
          {words}
        </Text>
      )}
    </div>
  );
}

function Bar({ job }: { job: JobRow }) {
  const { done, total } = job.removal ?? job.progress;
  const known = total > 0 && (job.removal !== null || done > 0);
  const soFar = known ? `${formatNumber(Math.min(done, total))} of ${whatIsDone(job, total)}` : 'Starting';
  const percent = known ? Math.min(100, (done / total) * 100) : undefined;
  return (
    <>
      <Progress.Root size="md" transitionDuration={900}>
        {/* With the library's own words for screen readers there is no room for ours. */}
        <Progress.Section
          value={percent ?? 100}
          color={job.removal || job.status === 'cancelling' ? 'orange' : 'blue'}
          animated={!known || job.removal !== null}
          withAria={false}
          role="progressbar"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={percent}
          aria-label={`Progress of ${jobTitle(job)}`}
          aria-valuetext={[soFar, whatIsLeft(job)].filter(Boolean).join(', ')}
        />
      </Progress.Root>
      <Text size="xs" c="dimmed" className={classes.figures}>
        {soFar}
      </Text>
    </>
  );
}

/** What the progress of a kind of job counts. */
const units = { code_generate: 'code', code_export: 'row', code_remove: 'code' } as const satisfies Record<JobType, string>;

function whatIsDone({ jobType, removal }: JobRow, total: number): string {
  if (removal) return `${formatCount(total, 'code')} removed`;
  return formatCount(total, units[jobType]);
}

function whatIsLeft({ status, settings, secondsLeft }: JobRow): string {
  if (secondsLeft !== null) return `${formatTimeLeft(secondsLeft)} left`;
  if (status !== 'cancelling') return '';
  return settings ? 'removing its codes' : 'stopping';
}

function outcome(job: JobRow): string {
  switch (job.status) {
    case 'pending':
    case 'cancelling':
      return '';
    case 'processing':
      return job.error ? `Can't continue. ${jobErrorText(job)}` : '';
    case 'completed':
      return result(job);
    case 'failed':
      return [jobErrorText(job), keptWords(job)].filter(Boolean).join(' ');
    case 'cancelled':
      if (job.jobType === 'code_remove') return keptWords(job);
      return job.deleted ? `${formatCount(job.deleted, 'code')} removed` : 'Nothing was left behind';
  }
}

function result({ jobType, settings, progress, file }: JobRow): string {
  if (jobType === 'code_remove') return `${formatCount(progress.done, 'code')} removed`;
  if (settings) return `${formatCount(progress.done, 'code')} made`;
  return file ? `${formatCount(file.rows, 'row')}, ${formatFileSize(file.bytes)}` : '';
}

/** What a job that removes codes did before it was cancelled or failed; empty for other kinds. */
function keptWords({ jobType, progress: { done, total } }: JobRow): string {
  return jobType === 'code_remove' ? `${formatCount(done, 'code')} removed, ${formatNumber(Math.max(0, total - done))} kept` : '';
}
