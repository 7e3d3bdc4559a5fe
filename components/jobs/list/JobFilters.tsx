import Link from 'next/link';
import { jobsHref } from '#components/jobs/hrefs.ts';
import { statusBadges } from '#components/jobs/JobStatusBadge.tsx';
import { jobTypeLabels } from '#components/jobs/labels.ts';
import { TabLinks } from '#components/ui/TabLinks.tsx';
import { formatLimitedCount } from '#lib/format/number';
import type { JobCounts } from '#lib/jobs/list/job-row';
import type { JobsAddress } from '#lib/jobs/schema';
import { JobType } from '#prisma/enums';
import classes from './jobs.module.css';

type Props = { path: string; address: JobsAddress };

/** Filters the list by status. The filters are links, so they are in the address and work without JavaScript. */
export function JobStatusFilter({ path, address, counts }: Props & { counts: JobCounts }) {
  const { status, job_type } = address;
  const all = { href: jobsHref(path, { job_type }), label: 'All', active: !status, count: formatLimitedCount(counts.anyStatus) };
  const perStatus = counts.byStatus.map(({ status: each, count }) => ({
    href: jobsHref(path, { job_type, status: each }),
    label: statusBadges[each].label,
    active: status === each,
    count: formatLimitedCount(count),
  }));
  return <TabLinks label="Jobs by status" tabs={[all, ...perStatus]} />;
}

// A promotion that is being deleted has no page that lists its jobs.
const typesInPromotion = Object.values(JobType).filter((type) => type !== 'promotion_delete');

/** Filters the list by type. `ofPromotion` is true for the list of one promotion. */
export function JobTypeFilter({ path, address, ofPromotion }: Props & { ofPromotion: boolean }) {
  const { status, job_type } = address;
  const types = ofPromotion ? typesInPromotion : Object.values(JobType);
  return (
    <nav aria-label="Jobs by type" className={classes.types}>
      {[undefined, ...types].map((type) => (
        <Link
          key={type ?? 'all'}
          href={jobsHref(path, { status, job_type: type })}
          scroll={false}
          aria-current={job_type === type ? 'page' : undefined}
          className={classes.type}
        >
          {type ? jobTypeLabels[type] : 'All types'}
        </Link>
      ))}
    </nav>
  );
}
