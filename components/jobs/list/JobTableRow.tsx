import { ActionIcon, Anchor, Text, ThemeIcon } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import Link from 'next/link';
import type { MouseEvent } from 'react';
import { JobDetails } from '#components/jobs/details/JobDetails.tsx';
import { JobProgress } from '#components/jobs/details/JobProgress.tsx';
import { JobIcon } from '#components/jobs/JobIcon.tsx';
import type { JobsTableActions } from '#components/jobs/jobs-query.ts';
import { jobTitle, jobTypeLabels } from '#components/jobs/labels.ts';
import { JobActions, type JobDialog } from '#components/jobs/list/JobActions.tsx';
import { RelativeTime } from '#components/ui/RelativeTime.tsx';
import { formatDuration } from '#lib/format/duration';
import { formatCount } from '#lib/format/number';
import type { JobRow, JobsPage } from '#lib/jobs/list/job-row';
import { isActive } from '#lib/jobs/status';
import classes from './jobs.module.css';

type Props = {
  job: JobRow;
  page: JobsPage;
  open: boolean;
  /** Opens or closes the details without JavaScript. */
  href: string;
  onToggle: () => void;
  mayWrite: boolean;
  link: JobsTableActions['link'];
  onOpenDialog: (dialog: JobDialog) => void;
};

/** The row of a job and, when it is open, a second row with the details. */
export function JobTableRow({ job, page, open, href, onToggle, mayWrite, link, onOpenDialog }: Props) {
  const title = jobTitle(job);
  const detailsId = `details-${job.id}`;
  const toggle = (event: MouseEvent) => {
    event.preventDefault();
    onToggle();
  };
  return (
    <>
      <tr className={classes.row} data-open={open || undefined}>
        <td className={classes.jobCell}>
          <ThemeIcon variant="default" size="lg" aria-hidden>
            <JobIcon jobType={job.jobType} />
          </ThemeIcon>
          <div className={classes.jobText}>
            <Text fw={600} size="sm" lineClamp={2} title={title}>
              {title}
            </Text>
            <Text size="xs" c="dimmed" lineClamp={1}>
              {subtitle(job, page.capacity === null)}
            </Text>
          </div>
        </td>
        <td className={classes.stateCell}>
          <JobProgress job={job} queue={page.queuePosition} />
        </td>
        <td className={classes.requestedCell}>
          <Text size="sm" component="div">
            <RelativeTime at={job.createdAt} now={page.now} />
          </Text>
          <Text size="xs" c="dimmed" truncate title={job.createdBy}>
            {job.createdBy}
          </Text>
        </td>
        <td className={classes.durationCell}>
          <Text size="sm">{job.secondsWorked === null ? '–' : formatDuration(job.secondsWorked)}</Text>
          {isActive(job.status) && job.secondsWorked !== null && (
            <Text size="xs" c="dimmed">
              so far
            </Text>
          )}
        </td>
        <td className={classes.actionsCell}>
          <div className={classes.actions}>
            <JobActions job={job} mayWrite={mayWrite} link={link} onOpenDialog={onOpenDialog} />
            <ActionIcon
              component="a"
              href={href}
              onClick={toggle}
              role="button"
              variant="subtle"
              color="gray"
              aria-expanded={open}
              aria-controls={open ? detailsId : undefined}
              aria-label={`Details of ${title}`}
              className={classes.chevron}
            >
              <IconChevronDown size={18} aria-hidden />
            </ActionIcon>
          </div>
        </td>
      </tr>
      {open && (
        <tr id={detailsId} className={classes.detailsRow}>
          <td colSpan={5}>
            <JobDetails job={job} queue={page.queuePosition} />
          </td>
        </tr>
      )}
    </>
  );
}

function subtitle({ jobType, name, settings, promotionId, promotionName }: JobRow, withPromotion: boolean) {
  if (!withPromotion)
    return name && settings ? `${jobTypeLabels[jobType]} ${formatCount(settings.numberOfCodes, 'code')}` : jobTypeLabels[jobType];
  if (jobType === 'promotion_delete') return jobTypeLabels[jobType];
  return (
    <>
      {jobTypeLabels[jobType]} ·{' '}
      <Anchor component={Link} href={`/promotions/${promotionId}`} prefetch={false} inherit>
        {promotionName}
      </Anchor>
    </>
  );
}
