'use client';

import { Alert, Button, Group, Paper, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { startSubmission } from '#components/forms/submission.ts';
import { jobsHref } from '#components/jobs/hrefs.ts';
import type { JobsTableActions } from '#components/jobs/jobs-query.ts';
import type { JobDialog } from '#components/jobs/list/JobActions.tsx';
import { JobDialogs, rerunSubmission } from '#components/jobs/list/JobDialogs.tsx';
import { JobStatusFilter } from '#components/jobs/list/JobFilters.tsx';
import { JobsEmpty } from '#components/jobs/list/JobsEmpty.tsx';
import { JobTableRow } from '#components/jobs/list/JobTableRow.tsx';
import { PageLinks } from '#components/ui/PageLinks.tsx';
import type { Count, JobsPage } from '#lib/jobs/list/job-row';
import { type JobsAddress, jobsPage } from '#lib/jobs/schema';
import classes from './jobs.module.css';

type Props = {
  page: JobsPage;
  /** The error of the last poll, if it failed. The rows are older then. */
  error: Error | null;
  onRetry: () => void;
  path: string;
  address: JobsAddress;
  actions: JobsTableActions;
  mayWrite: boolean;
  /** Opens the dialog for the maximum of the shown promotion, for a role that can change it. */
  onSetMaxCodes?: (() => void) | null;
};

/** The table of the jobs of one promotion or of all promotions. Its parent owns the query. */
export function JobsTable({ page, error, onRetry, path, address, actions, mayWrite, onSetMaxCodes = null }: Props) {
  const [dialog, setDialog] = useState<JobDialog | null>(null);
  const [dialogOpened, { open: openDialog, close: closeDialog }] = useDisclosure();
  const openJob = useSearchParams().get('job') ?? undefined;
  const currentDialog = dialog && { ...dialog, job: page.jobs.find(({ id }) => id === dialog.job.id) ?? dialog.job };

  const toggle = (jobId: string) => {
    window.history.replaceState(null, '', jobsHref(path, { ...address, job: openJob === jobId ? undefined : jobId }));
  };

  return (
    <Stack gap="md" className={classes.jobs}>
      <JobStatusFilter path={path} address={address} counts={page.counts} />
      {error && <StaleNotice error={error} onRetry={onRetry} />}
      {page.jobs.length === 0 ? (
        <Paper>
          <JobsEmpty path={path} address={address} ofPromotion={page.capacity !== null} />
        </Paper>
      ) : (
        <Paper className={classes.paper}>
          <table className={classes.table} aria-label="Jobs">
            <thead>
              <tr>
                <th scope="col" className={classes.jobColumn}>
                  Job
                </th>
                <th scope="col">Status and result</th>
                <th scope="col" className={classes.requestedColumn}>
                  Requested
                </th>
                <th scope="col" className={classes.durationColumn}>
                  Duration
                </th>
                <th scope="col" className={classes.actionsColumn}>
                  Actions
                </th>
              </tr>
            </thead>
            <tbody>
              {page.jobs.map((job) => (
                <JobTableRow
                  key={job.id}
                  job={job}
                  page={page}
                  open={openJob === job.id}
                  href={jobsHref(path, { ...address, job: openJob === job.id ? undefined : job.id })}
                  onToggle={() => toggle(job.id)}
                  mayWrite={mayWrite}
                  link={actions.link}
                  onOpenDialog={(next) => {
                    startSubmission(rerunSubmission(next.job));
                    setDialog(next);
                    openDialog();
                  }}
                />
              ))}
            </tbody>
          </table>
        </Paper>
      )}
      <Pages path={path} address={address} shown={page.counts.shown} />
      <JobDialogs dialog={currentDialog} opened={dialogOpened} actions={actions} onSetMaxCodes={onSetMaxCodes} onClose={closeDialog} />
    </Stack>
  );
}

function Pages({ path, address, shown }: { path: string; address: JobsAddress; shown: Count }) {
  const pages = Math.max(address.page, Math.ceil(shown.n / jobsPage.size));
  return (
    <PageLinks
      page={address.page}
      pages={Math.min(pages, jobsPage.last)}
      more={shown.more && address.page < jobsPage.last}
      href={(page) => jobsHref(path, { ...address, page, job: undefined })}
    />
  );
}

function StaleNotice({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <Alert color="orange" icon={<IconPlugConnectedX aria-hidden />} title="This list is out of date. Retrying…">
      <Group justify="space-between">
        {error.message}
        <Button size="compact-sm" variant="default" onClick={onRetry}>
          Retry now
        </Button>
      </Group>
    </Alert>
  );
}
