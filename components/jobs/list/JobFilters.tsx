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

/** Narrows the list by status. Links, so that the list stands in the address and works without JavaScript. */
export function JobStatusFilter({ path, address, counts }: Props & { counts: JobCounts }) {
  const { status, job_type } = address;
  const all = { href: jobsHref(path, { job_type }), label: 'All', active: !status, count: formatLimitedCount(counts.anyStatus) };
  const each = counts.byStatus.map(({ status: one, count }) => ({
    href: jobsHref(path, { job_type, status: one }),
    label: statusBadges[one].label,
    active: status === one,
    count: formatLimitedCount(count),
  }));
  return <TabLinks label="Jobs by status" tabs={[all, ...each]} />;
}

/** Narrows the list by kind. */
export function JobTypeFilter({ path, address }: Props) {
  const { status, job_type } = address;
  return (
    <nav aria-label="Jobs by kind" className={classes.types}>
      {[undefined, ...Object.values(JobType)].map((kind) => (
        <Link
          key={kind ?? 'both'}
          href={jobsHref(path, { status, job_type: kind })}
          scroll={false}
          aria-current={job_type === kind ? 'page' : undefined}
          className={classes.type}
        >
          {kind ? jobTypeLabels[kind] : 'All types'}
        </Link>
      ))}
    </nav>
  );
}
