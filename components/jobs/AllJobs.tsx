'use client';

import { useQuery } from '@tanstack/react-query';
import { JobsTable } from '#components/jobs/JobsTable';
import { type JobsTableActions, jobsQuery } from '#components/jobs/jobs-query';
import type { JobsPage } from '#lib/jobs/query';
import type { JobsAddress } from '#lib/jobs/schema';

type Props = { loaded: JobsPage; address: JobsAddress; actions: JobsTableActions; mayWrite: boolean };

/** The jobs of all promotions, kept new. */
export function AllJobs({ loaded, address, actions, mayWrite }: Props) {
  const { job, ...filter } = address;
  const { data, error, refetch } = useQuery(jobsQuery(actions.list, filter, loaded));
  return <JobsTable page={data} error={error} onRetry={refetch} path="/jobs" address={address} actions={actions} mayWrite={mayWrite} />;
}
