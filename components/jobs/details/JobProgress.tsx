import { Progress, Text } from '@mantine/core';
import { jobErrorText } from '#components/jobs/details/job-error-text.ts';
import { waitingText } from '#components/jobs/details/waiting-text.ts';
import { JobStatusBadge } from '#components/jobs/JobStatusBadge.tsx';
import { cannotCancel, deletedText, jobTitle } from '#components/jobs/labels.ts';
import { formatTimeLeft } from '#lib/format/duration';
import { formatFileSize } from '#lib/format/file-size';
import { formatCount, formatNumber } from '#lib/format/number';
import type { JobRow, QueuePosition } from '#lib/jobs/list/job-row';
import { isMoving } from '#lib/jobs/status';
import type { JobType } from '#prisma/enums';
import classes from './details.module.css';

/** The status of a job with its progress, its result or its error. */
export function JobProgress({ job, queue }: { job: JobRow; queue: QueuePosition | null }) {
  const moving = isMoving(job.status);
  const text = waitingText(job, queue) ?? outcome(job);
  return (
    <div className={classes.state}>
      <div className={classes.stateLine}>
        <JobStatusBadge status={job.status} />
        {moving && <span>{remaining(job)}</span>}
      </div>
      {moving && <ProgressBar job={job} />}
      {text && (
        <Text size="sm" c={job.error || job.retry ? 'var(--mantine-color-error)' : 'dimmed'} lineClamp={5}>
          {text}
        </Text>
      )}
    </div>
  );
}

function ProgressBar({ job }: { job: JobRow }) {
  const { done, total } = job.removal ?? job.progress;
  const started = total > 0 && (job.removal !== null || done > 0);
  const progressText = started ? `${formatNumber(Math.min(done, total))} of ${progressUnit(job, total)}` : 'Starting';
  const percent = started ? Math.min(100, (done / total) * 100) : undefined;
  return (
    <>
      <Progress.Root size="md" transitionDuration={900}>
        {/* The ARIA attributes of the library would replace these. */}
        <Progress.Section
          value={percent ?? 100}
          color={job.removal || job.status === 'cancelling' ? 'orange' : 'blue'}
          animated={!started || job.removal !== null}
          withAria={false}
          role="progressbar"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={percent}
          aria-label={`Progress of ${jobTitle(job)}`}
          aria-valuetext={[progressText, remaining(job)].filter(Boolean).join(', ')}
        />
      </Progress.Root>
      <Text size="xs" c="dimmed" className={classes.figures}>
        {progressText}
      </Text>
    </>
  );
}

/** The unit of the progress of each type of job. */
const units = { code_generate: 'code', code_export: 'row', code_remove: 'code', promotion_delete: 'code' } as const satisfies Record<
  JobType,
  string
>;

function progressUnit({ jobType, removal }: JobRow, total: number): string {
  if (removal) return `${formatCount(total, 'code')} removed`;
  return formatCount(total, units[jobType]);
}

function remaining({ status, settings, secondsLeft }: JobRow): string {
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
      if (job.retry) return `${jobErrorText(job)} ${retryText(job.retry.secondsLeft)}`;
      if (job.jobType === 'promotion_delete') return cannotCancel;
      return job.error ? `Can't continue. ${jobErrorText(job)}` : '';
    case 'completed':
      return result(job);
    case 'failed':
      return [jobErrorText(job), removedAndKept(job)].filter(Boolean).join(' ');
    case 'cancelled':
      if (job.jobType === 'code_remove') return removedAndKept(job);
      return job.deleted ? `${formatCount(job.deleted, 'code')} removed` : 'Nothing remains';
  }
}

function result({ jobType, settings, progress, file }: JobRow): string {
  if (jobType === 'code_remove') return `${formatCount(progress.done, 'code')} removed`;
  if (jobType === 'promotion_delete') return deletedText(progress);
  if (settings) return `${formatCount(progress.done, 'code')} created`;
  return file ? `${formatCount(file.rows, 'row')}, ${formatFileSize(file.bytes)}` : '';
}

function retryText(secondsLeft: number | null): string {
  return secondsLeft === null ? 'Retrying now.' : `Retrying in ${formatTimeLeft(secondsLeft)}.`;
}

/** The removed and kept codes of a removal that was cancelled or failed; empty for other types of job. */
function removedAndKept({ jobType, progress: { done, total } }: JobRow): string {
  return jobType === 'code_remove' ? `${formatCount(done, 'code')} removed, ${formatNumber(Math.max(0, total - done))} kept` : '';
}
