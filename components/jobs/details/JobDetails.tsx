'use client';

import { Code, Group, Stack, Text } from '@mantine/core';
import { jobErrorText } from '#components/jobs/details/job-error-text.ts';
import { waitingText } from '#components/jobs/details/waiting-text.ts';
import { statusBadges } from '#components/jobs/JobStatusBadge.tsx';
import { consumeUnitLabels, jobTitle, jobTypeLabels } from '#components/jobs/labels.ts';
import { useExactTime } from '#components/jobs/RelativeTime.tsx';
import { CopyText } from '#components/ui/CopyText.tsx';
import { formatDuration } from '#lib/format/duration';
import { formatFileSize } from '#lib/format/file-size';
import { formatCount, formatNumber } from '#lib/format/number';
import type { JobRow, QueuePosition } from '#lib/jobs/list/job-row';
import classes from './details.module.css';

type Fact = { label: string; value: string; code?: boolean; wide?: boolean };

/** Everything that is known of a job, to read or to copy into a mail. */
export function JobDetails({ job, queuePosition }: { job: JobRow; queuePosition: QueuePosition | null }) {
  const exact = useExactTime();
  const facts = factsOf(job, queuePosition, exact);
  const title = `${jobTitle(job)} · ${job.promotionName}`;
  const asText = [title, ...facts.map(({ label, value }) => `${label}: ${value}`)].join('\n');
  return (
    <Stack gap="sm" className={classes.details}>
      <Group justify="space-between">
        <Text fw={600}>Receipt</Text>
        <CopyText text={asText} what="the receipt" />
      </Group>
      <dl className={classes.facts}>
        {facts.map(({ label, value, code, wide }) => (
          <div key={label} className={code || wide ? classes.wideFact : undefined}>
            <dt>{label}</dt>
            <dd>{code ? <Code className={classes.code}>{value}</Code> : value}</dd>
          </div>
        ))}
      </dl>
    </Stack>
  );
}

function factsOf(job: JobRow, queuePosition: QueuePosition | null, exact: (iso: string) => string): Fact[] {
  const { jobType, settings, progress, file, secondsWorked, deleted, attempts, interruptions } = job;
  const waits = waitingText(job, queuePosition);
  const heldUp = interruptions.reduce((sum, { seconds }) => sum + seconds, 0);
  const facts: (Fact | false | null)[] = [
    { label: 'Kind', value: jobTypeLabels[job.jobType] },
    { label: 'Status', value: statusBadges[job.status].label },
    waits !== null && { label: 'Why it waits', value: waits, wide: true },
    job.error !== null && { label: 'Reason', value: jobErrorText(job), wide: true },
    settings && { label: 'Asked', value: formatCount(settings.numberOfCodes, 'code') },
    settings && { label: 'Made', value: formatCount(progress.done, 'code') },
    jobType === 'code_remove' && { label: 'Selected', value: formatCount(progress.total, 'code') },
    deleted !== null && { label: settings ? 'Removed again' : 'Removed', value: formatCount(deleted, 'code') },
    settings && { label: 'Duplicates avoided', value: formatNumber(job.duplicatesAvoided) },
    settings && { label: 'Random characters', value: `${settings.codeLength}` },
    settings?.codePrefix != null && { label: 'Prefix', value: settings.codePrefix },
    settings && { label: 'Uses of a code', value: uses(settings) },
    file && { label: 'Rows', value: formatNumber(file.rows) },
    file && { label: 'Size', value: `${formatFileSize(file.bytes)} (${formatCount(file.bytes, 'byte')})` },
    { label: 'Waited', value: formatDuration(job.secondsWaited) },
    secondsWorked !== null && { label: 'Took', value: formatDuration(secondsWorked) },
    heldUp > 0 && { label: 'Of that held up', value: formatDuration(heldUp) },
    job.status === 'completed' && secondsWorked !== null && rate(job, secondsWorked - heldUp),
    attempts > 0 && { label: 'Attempts', value: formatNumber(attempts) },
    interruptions.length > 0 && {
      label: interruptions.length === 1 ? 'Interruption' : 'Interruptions',
      value: interruptions.map((each) => `${exact(each.at)}: ${whatHappened(each)}`).join('\n'),
      wide: true,
    },
    { label: 'Asked by', value: job.createdBy },
    { label: 'Asked at', value: exact(job.createdAt) },
    job.finishedAt !== null && { label: 'Ended at', value: exact(job.finishedAt) },
    file && { label: 'SHA-256', value: file.sha256, code: true },
    { label: 'Job id', value: job.id, code: true },
  ];
  return facts.filter((fact): fact is Fact => Boolean(fact));
}

type Interruption = JobRow['interruptions'][number];

const happenings = {
  stopped: 'the worker stopped, as it does for a restart',
  died: 'the worker died, or its machine did',
  stood_still: 'the worker stood still, and another one took over',
  database: 'the database was away or too busy',
} as const satisfies Record<Interruption['what'], string>;

function whatHappened({ what, run, seconds }: Interruption): string {
  return `${happenings[what]} (attempt ${run}); the work went on ${formatDuration(seconds)} later`;
}

function uses({ maxUsesPerCode, consumeUnit }: NonNullable<JobRow['settings']>): string {
  if (maxUsesPerCode === 0) return 'None: these codes cannot be used';
  const most = maxUsesPerCode === null ? 'Unlimited' : formatNumber(maxUsesPerCode);
  return `${most}, counted ${consumeUnitLabels[consumeUnit]}`;
}

function rate({ settings, progress, file }: JobRow, seconds: number): Fact | null {
  const done = settings ? progress.done : (file?.rows ?? 0);
  if (seconds <= 0 || done === 0) return null;
  return settings
    ? { label: 'Codes a second', value: formatNumber(Math.round(done / seconds)) }
    : { label: 'Rows a second', value: formatNumber(Math.round(done / seconds)) };
}
