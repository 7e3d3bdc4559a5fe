import { Progress, Text } from '@mantine/core';
import { JobStatusBadge } from '#components/jobs/JobStatusBadge';
import { counted, duration, fileSize, jobTitle, number } from '#components/jobs/words';
import type { JobRow, Line } from '#lib/jobs/query';
import classes from './jobs.module.css';

/** The state of a job, and below it how far it is, what came of it, or why it did not. */
export function JobProgress({ job, line }: { job: JobRow; line: Line | null }) {
  const moves = job.status === 'processing' || job.status === 'cancelling';
  return (
    <div className={classes.state}>
      <div className={classes.stateLine}>
        <JobStatusBadge status={job.status} />
        {moves && <span>{whatIsLeft(job)}</span>}
      </div>
      {moves ? (
        <Bar job={job} />
      ) : (
        <Text size="sm" c={job.status === 'failed' ? 'var(--mantine-color-error)' : 'dimmed'} lineClamp={2}>
          {outcome(job, line)}
        </Text>
      )}
    </div>
  );
}

function Bar({ job }: { job: JobRow }) {
  const { done, total } = job.progress;
  const known = done > 0 && total > 0;
  const soFar = known ? `${number(Math.min(done, total))} of ${number(total)} ${job.settings ? 'codes' : 'rows'}` : 'Starting';
  return (
    <>
      <Progress.Root size="md" transitionDuration={900}>
        <Progress.Section
          value={known ? Math.min(100, (done / total) * 100) : 100}
          color={job.status === 'cancelling' ? 'orange' : 'blue'}
          animated={!known || job.status === 'cancelling'}
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

function whatIsLeft({ status, settings, progress }: JobRow): string {
  if (status === 'cancelling') return settings ? 'removing its codes' : 'stopping';
  return progress.secondsLeft === null ? '' : `about ${duration(Math.max(1, Math.round(progress.secondsLeft)))} left`;
}

function outcome(job: JobRow, line: Line | null): string {
  switch (job.status) {
    case 'pending':
      return waitingFor(job, line);
    case 'processing':
    case 'cancelling':
      return '';
    case 'completed':
      return result(job);
    case 'failed':
      return reasonInWords(job);
    case 'cancelled':
      return job.deleted ? `${counted(job.deleted, 'code')} removed` : 'Nothing was left behind';
  }
}

const places = ['Next', 'Second', 'Third', 'Fourth', 'Fifth'];

function waitingFor({ id }: JobRow, line: Line | null): string {
  const place = line?.ids.indexOf(id) ?? 0;
  if (place < 0) return `More than ${number(line?.ids.length ?? 0)} jobs are before it`;
  const inLine = `${places[place] ?? `Number ${place + 1}`} in line`;
  return line?.next ? `${inLine}: “${line.next.name}” ends in about ${duration(Math.max(1, Math.round(line.next.secondsLeft)))}` : inLine;
}

function result({ settings, progress, file }: JobRow): string {
  if (settings) return `${counted(progress.done, 'code')} made`;
  return file ? `${counted(file.rows, 'row')}, ${fileSize(file.bytes)}` : '';
}

/** The one reason that clients know by its exact words, said for people. The others are written for them already. */
export function reasonInWords({ error }: Pick<JobRow, 'error'>): string {
  if (error !== 'codes limit exceeded') return error ?? '';
  return 'The promotion cannot hold that many codes. Nothing was added: ask for fewer, or have its maximum raised.';
}
