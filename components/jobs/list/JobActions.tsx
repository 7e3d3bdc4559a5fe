import { Button, Group, Tooltip } from '@mantine/core';
import { IconRepeat, IconX } from '@tabler/icons-react';
import { DownloadButton } from '#components/jobs/DownloadButton.tsx';
import type { JobsTableActions } from '#components/jobs/jobs-query.ts';
import { jobTitle } from '#components/jobs/labels.ts';
import type { JobRow } from '#lib/jobs/list/job-row';
import classes from './jobs.module.css';

/** A confirmation dialog and the job that it is about. */
export type JobDialog = { action: 'cancel' | 'rerun'; job: JobRow };

const icon = { size: 16, 'aria-hidden': true } as const;

type Props = { job: JobRow; mayWrite: boolean; link: JobsTableActions['link']; onOpenDialog: (dialog: JobDialog) => void };

/** The buttons for what the user can do with a job now. A viewer can only download. */
export function JobActions({ job, mayWrite, link, onOpenDialog }: Props) {
  const title = jobTitle(job);
  return (
    <Group gap="xs" wrap="nowrap">
      {job.file && <DownloadButton job={job} link={link} />}
      {mayWrite && job.canCancel && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="red"
          c="var(--mantine-color-error)"
          leftSection={<IconX {...icon} />}
          onClick={() => onOpenDialog({ action: 'cancel', job })}
          aria-label={`Cancel ${title}`}
        >
          Cancel
        </Button>
      )}
      {mayWrite && job.canRerun && (
        <Tooltip label="Run again with the same settings">
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            onClick={() => onOpenDialog({ action: 'rerun', job })}
            aria-label={`Run again: ${title}`}
            className={classes.rerun}
          >
            <IconRepeat {...icon} />
            <span>Run again</span>
          </Button>
        </Tooltip>
      )}
    </Group>
  );
}
