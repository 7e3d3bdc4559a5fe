'use client';

import { Code, Group, Stack, Text } from '@mantine/core';
import { jobErrorText } from '#components/jobs/details/job-error-text.ts';
import { waitingText } from '#components/jobs/details/waiting-text.ts';
import { statusBadges } from '#components/jobs/JobStatusBadge.tsx';
import { cannotCancel, consumeUnitLabels, jobTitle, jobTypeLabels } from '#components/jobs/labels.ts';
import { CopyText } from '#components/ui/CopyText.tsx';
import { useExactTime } from '#components/ui/RelativeTime.tsx';
import { formatDuration } from '#lib/format/duration';
import { formatFileSize } from '#lib/format/file-size';
import { formatCount, formatNumber } from '#lib/format/number';
import type { JobRow, QueuePosition } from '#lib/jobs/list/job-row';
import { isActive } from '#lib/jobs/status';
import { noUsesText } from '#lib/redemptions/status';
import classes from './details.module.css';

type Fact = { label: string; value: string; code?: boolean; wide?: boolean };

/** All details of a job, to read or to copy. */
export function JobDetails({ job, queue }: { job: JobRow; queue: QueuePosition | null }) {
  const exact = useExactTime();
  const facts = factsOf(job, queue, exact);
  const title = `${jobTitle(job)} · ${job.promotionName}`;
  const asText = [title, ...facts.map(({ label, value }) => `${label}: ${value}`)].join('\n');
  return (
    <Stack gap="sm" className={classes.details}>
      <Group justify="space-between">
        <Text fw={600}>Details</Text>
        <CopyText text={asText} name="the details" />
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

function factsOf(job: JobRow, queue: QueuePosition | null, exact: (iso: string) => string): Fact[] {
  const { jobType, settings, progress, file, secondsWorked, deleted, attempts, interruptions } = job;
  const waiting = waitingText(job, queue);
  const interrupted = interruptions.reduce((sum, { seconds }) => sum + seconds, 0);
  const facts: (Fact | false | null)[] = [
    { label: 'Type', value: jobTypeLabels[job.jobType] },
    { label: 'Status', value: statusBadges[job.status].label },
    waiting !== null && { label: 'Waiting', value: waiting, wide: true },
    (job.error ?? job.retry) !== null && { label: 'Reason', value: jobErrorText(job), wide: true },
    jobType === 'promotion_delete' && isActive(job.status) && { label: 'Cancel', value: cannotCancel, wide: true },
    settings && { label: 'Requested', value: formatCount(settings.numberOfCodes, 'code') },
    settings && { label: 'Created', value: formatCount(progress.done, 'code') },
    jobType === 'promotion_delete' && { label: 'Codes of the promotion', value: formatCount(progress.total, 'code') },
    jobType === 'code_remove' && { label: 'Selected', value: formatCount(progress.total, 'code') },
    job.unusedWithoutUses && { label: 'Unused codes', value: `${noUsesText}.`, wide: true },
    deleted !== null && { label: 'Removed', value: formatCount(deleted, 'code') },
    settings && { label: 'Duplicates avoided', value: formatNumber(job.duplicatesAvoided) },
    settings && { label: 'Code length', value: `${settings.codeLength}` },
    settings?.codePrefix != null && { label: 'Prefix', value: settings.codePrefix },
    settings && { label: 'Uses per code', value: uses(settings) },
    file && { label: 'Rows', value: formatNumber(file.rows) },
    file && { label: 'Size', value: `${formatFileSize(file.bytes)} (${formatCount(file.bytes, 'byte')})` },
    { label: 'Waited', value: formatDuration(job.secondsWaited) },
    secondsWorked !== null && { label: 'Duration', value: formatDuration(secondsWorked) },
    interrupted > 0 && { label: 'Interrupted', value: formatDuration(interrupted) },
    job.status === 'completed' && secondsWorked !== null && rate(job, secondsWorked - interrupted),
    attempts > 0 && { label: 'Attempts', value: formatNumber(attempts) },
    interruptions.length > 0 && {
      label: interruptions.length === 1 ? 'Interruption' : 'Interruptions',
      value: interruptions.map((each) => `${exact(each.at)}: ${interruptionText(each)}`).join('\n'),
      wide: true,
    },
    { label: 'Requested by', value: job.createdBy },
    { label: 'Requested at', value: exact(job.createdAt) },
    job.finishedAt !== null && { label: 'Ended at', value: exact(job.finishedAt) },
    file && { label: 'SHA-256', value: file.sha256, code: true },
    { label: 'Job ID', value: job.id, code: true },
  ];
  return facts.filter((fact): fact is Fact => Boolean(fact));
}

type Interruption = JobRow['interruptions'][number];

const interruptionTexts = {
  stopped: 'the worker was stopped, for example for a restart',
  died: 'the worker or its machine crashed',
  stood_still: 'the worker stopped responding, and another one took over',
  database: 'the database was unavailable or too busy',
} as const satisfies Record<Interruption['what'], string>;

function interruptionText({ what, run, seconds }: Interruption): string {
  return `${interruptionTexts[what]} (attempt ${run}); the job continued ${formatDuration(seconds)} later`;
}

function uses({ maxUsesPerCode, consumeUnit }: NonNullable<JobRow['settings']>): string {
  if (maxUsesPerCode === 0) return "None: these codes can't be used";
  const limit = maxUsesPerCode === null ? 'Unlimited' : formatNumber(maxUsesPerCode);
  return `${limit}, counted ${consumeUnitLabels[consumeUnit]}`;
}

function rate({ settings, progress, file }: JobRow, seconds: number): Fact | null {
  const done = settings ? progress.done : (file?.rows ?? 0);
  if (seconds <= 0 || done === 0) return null;
  return settings
    ? { label: 'Codes per second', value: formatNumber(Math.round(done / seconds)) }
    : { label: 'Rows per second', value: formatNumber(Math.round(done / seconds)) };
}
