'use client';

import { type JobsTableActions, useJobs } from '#components/jobs/jobs-query.ts';
import { JobTypeFilter } from '#components/jobs/list/JobFilters.tsx';
import { JobsTable } from '#components/jobs/list/JobsTable.tsx';
import { PageHeader } from '#components/ui/PageHeader.tsx';
import type { JobsPage } from '#lib/jobs/list/job-row';
import type { JobsAddress } from '#lib/jobs/schema';

type Props = { loaded: JobsPage; address: JobsAddress; actions: JobsTableActions; mayWrite: boolean };

/** The jobs of all promotions, updated by polling. */
export function AllJobs({ loaded, address, actions, mayWrite }: Props) {
  const { job, ...filter } = address;
  const { data, error, refetch } = useJobs(actions.list, filter, loaded);
  return (
    <>
      <PageHeader
        title="Jobs"
        description="Code generation and exports across all promotions."
        actions={<JobTypeFilter path="/jobs" address={address} ofPromotion={false} />}
      />
      <JobsTable page={data} error={error} onRetry={refetch} path="/jobs" address={address} actions={actions} mayWrite={mayWrite} />
    </>
  );
}
