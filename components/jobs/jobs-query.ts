import { queryOptions, useQuery } from '@tanstack/react-query';
import { type ActionResult, type Created, unwrap } from '#lib/action-result';
import type { JobsPage } from '#lib/jobs/list/job-row';
import type { JobOfPromotion, ListJobsInput } from '#lib/jobs/schema';
import { isActive } from '#lib/jobs/status';

type Action<Input, T> = (input: Input) => Promise<ActionResult<T>>;

/** The server actions of a table of jobs. The page passes them in. */
export type JobsTableActions = {
  list: Action<ListJobsInput, JobsPage>;
  cancel: Action<JobOfPromotion, void>;
  rerun(input: JobOfPromotion, submission: string): Promise<ActionResult<Created<{ id: string }>>>;
  /** Returns a new download link to the file of an export. */
  link: Action<JobOfPromotion, { href: string }>;
};

const activeIntervalMs = 1_000;
const idleIntervalMs = 10_000;

/** The first part of every query key of jobs. Invalidate it after a change to a job. */
export const jobsKey = ['jobs'] as const;

/**
 * The query of a table of jobs. It starts with the rows that the page `loaded`, and polls every second while a job is
 * active. It is not cached after the table unmounts, because the next page loads newer rows.
 */
export function jobsQuery(list: JobsTableActions['list'], input: ListJobsInput, loaded: JobsPage) {
  return queryOptions({
    queryKey: [...jobsKey, input],
    queryFn: () => unwrap(list(input)),
    initialData: loaded,
    initialDataUpdatedAt: Date.parse(loaded.now),
    staleTime: activeIntervalMs,
    gcTime: 0,
    refetchInterval: ({ state }) =>
      state.status !== 'error' && state.data && hasActiveJob(state.data) ? activeIntervalMs : idleIntervalMs,
    refetchIntervalInBackground: false,
  });
}

/** Returns the jobs of a table: the newer of the last poll and the last refresh of the page. */
export function useJobs(list: JobsTableActions['list'], input: ListJobsInput, loaded: JobsPage) {
  const { data, error, refetch } = useQuery(jobsQuery(list, input, loaded));
  return { data: loaded.now > data.now ? loaded : data, error, refetch };
}

function hasActiveJob({ counts, capacity }: JobsPage): boolean {
  return capacity?.activeJob != null || counts.byStatus.some(({ status, count }) => isActive(status) && count.n > 0);
}
