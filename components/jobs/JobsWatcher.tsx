'use client';

import { Anchor, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useSyncExternalStore } from 'react';
import { DownloadButton } from '#components/jobs/DownloadButton.tsx';
import { jobErrorText } from '#components/jobs/details/job-error-text.ts';
import { useDownloadsAllowed } from '#components/jobs/downloads-allowed.tsx';
import { jobHref } from '#components/jobs/hrefs.ts';
import type { JobsTableActions } from '#components/jobs/jobs-query.ts';
import { deletedText, jobTitle } from '#components/jobs/labels.ts';
import { lastPoll, recordPoll, takeOutcome, unwatchJobs, watchedJobs, watchJob } from '#components/jobs/watched-jobs.ts';
import { type ActionResult, unwrap } from '#lib/action-result';
import { formatDuration } from '#lib/format/duration';
import { formatCount } from '#lib/format/number';
import type { JobRow, WatchedJobs } from '#lib/jobs/list/job-row';
import type { WatchJobsInput } from '#lib/jobs/schema';
import { isActive } from '#lib/jobs/status';

type Watch = (input: WatchJobsInput) => Promise<ActionResult<WatchedJobs>>;

const pollMs = 1_000;

/**
 * Shows one notification on any page when a job of the user ends. It polls only while such a job is active, and once
 * when the page loads or becomes visible again.
 */
export function JobsWatcher({ watch, link }: { watch: Watch; link: JobsTableActions['link'] }) {
  const watched = useSyncExternalStore(watchedJobs.subscribe, watchedJobs.now, watchedJobs.onServer);
  const downloadsAllowed = useDownloadsAllowed();
  useQuery({
    queryKey: ['watched-jobs'],
    queryFn: async () => {
      const ids = watchedJobs.now().slice(0, 100);
      const { jobs, now } = await unwrap(watch({ ids, since: lastPoll() }));
      recordPoll(now);
      for (const job of jobs) {
        if (isActive(job.status)) watchJob(job.id);
        else if (takeOutcome(job.id)) notifyOutcome(job, downloadsAllowed ? link : null);
      }
      unwatchJobs(ids.filter((id) => !jobs.some((job) => job.id === id)));
      return null;
    },
    refetchInterval: watched.length > 0 ? pollMs : false,
    refetchIntervalInBackground: false,
  });
  return null;
}

function notifyOutcome(job: JobRow, link: JobsTableActions['link'] | null): void {
  const { title, message, color } = outcome(job);
  notifications.show({
    id: job.id,
    color,
    title,
    message: (
      <>
        {message}
        <Group mt={6} gap="sm">
          {job.file && link && <DownloadButton job={job} link={link} />}
          <Anchor component={Link} href={jobHref(job)} size="sm">
            Show job
          </Anchor>
        </Group>
      </>
    ),
    autoClose: job.status === 'failed' ? false : 10_000,
  });
}

function outcome(job: JobRow): { title: string; message: string; color: string } {
  const title = `“${jobTitle(job)}”`;
  if (job.status === 'failed') return { title: `${title} failed`, message: jobErrorText(job), color: 'red' };
  if (job.status === 'cancelled') {
    const message = job.deleted ? `${formatCount(job.deleted, 'code')} removed from ${job.promotionName}.` : 'Nothing remains.';
    return { title: `${title} was cancelled`, message, color: 'gray' };
  }
  const inTime = job.secondsWorked === null ? '' : ` in ${formatDuration(job.secondsWorked)}`;
  if (job.jobType === 'promotion_delete')
    return { title: `${title} was deleted`, message: `${deletedText(job.progress)}${inTime}.`, color: 'teal' };
  const result = job.settings ? `${formatCount(job.progress.done, 'code')} created` : `${formatCount(job.file?.rows ?? 0, 'code')} written`;
  return { title: `${title} completed`, message: `${result} for ${job.promotionName}${inTime}.`, color: 'teal' };
}
