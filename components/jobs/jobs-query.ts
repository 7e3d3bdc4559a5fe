import { queryOptions, useQuery } from '@tanstack/react-query';
import { type ActionResult, type Created, unwrap } from '#lib/action-result';
import type { JobsPage } from '#lib/jobs/list/job-row';
import type { JobOfPromotion, ListJobsInput } from '#lib/jobs/schema';
import { isActive } from '#lib/jobs/status';

type Action<Input, T> = (input: Input) => Promise<ActionResult<T>>;

/** What a table of jobs asks of the server, given to it by the page. */
export type JobsTableActions = {
  list: Action<ListJobsInput, JobsPage>;
  cancel: Action<JobOfPromotion, void>;
  rerun(input: JobOfPromotion, submission: string): Promise<ActionResult<Created<{ id: string }>>>;
  /** A fresh link to the file of an export. */
  link: Action<JobOfPromotion, { href: string }>;
};

const whileActiveMs = 1_000;
const otherwiseMs = 10_000;

/** The first word of every key: invalidate it after whatever changes a job. */
export const jobsKey = ['jobs'] as const;

/**
 * The jobs of one table, `loaded` with the page and asked for anew every second while one of them is
 * active. Nothing is kept for a table that is gone: the page brings newer ones.
 */
export function jobsQuery(list: JobsTableActions['list'], input: ListJobsInput, loaded: JobsPage) {
  return queryOptions({
    queryKey: [...jobsKey, input],
    queryFn: () => unwrap(list(input)),
    initialData: loaded,
    initialDataUpdatedAt: Date.parse(loaded.now),
    staleTime: whileActiveMs,
    gcTime: 0,
    refetchInterval: ({ state }) => (state.status !== 'error' && state.data && somethingRuns(state.data) ? whileActiveMs : otherwiseMs),
    refetchIntervalInBackground: false,
  });
}

/** The jobs of one table: the newest that polling, or a refresh of the page around it, has brought. */
export function useJobs(list: JobsTableActions['list'], input: ListJobsInput, loaded: JobsPage) {
  const { data, error, refetch } = useQuery(jobsQuery(list, input, loaded));
  return { data: loaded.now > data.now ? loaded : data, error, refetch };
}

function somethingRuns({ counts, capacity }: JobsPage): boolean {
  return capacity?.activeJob != null || counts.byStatus.some(({ status, count }) => isActive(status) && count.n > 0);
}
