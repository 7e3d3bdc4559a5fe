import Link from 'next/link';
import { jobsHref } from '#components/jobs/address';
import { statusLooks } from '#components/jobs/JobStatusBadge';
import { countedUpTo, kindWords } from '#components/jobs/words';
import { TabLinks } from '#components/shell/TabLinks';
import type { JobCounts } from '#lib/jobs/query';
import type { JobsAddress } from '#lib/jobs/schema';
import classes from './jobs.module.css';

/** Narrows the list by status and kind. Links, so that the list stands in the address and works without JavaScript. */
export function JobFilters({ path, address, counts }: { path: string; address: JobsAddress; counts: JobCounts }) {
  const { status, job_type } = address;
  const statuses = [
    { href: jobsHref(path, { job_type }), label: 'All', active: !status, count: countedUpTo(counts.anyStatus) },
    ...counts.byStatus.map((each) => ({
      href: jobsHref(path, { job_type, status: each.status }),
      label: statusLooks[each.status].label,
      active: status === each.status,
      count: countedUpTo(each.count),
    })),
  ];
  const kinds = [
    { href: jobsHref(path, { status }), label: 'Both', active: !job_type },
    ...counts.byType.map((each) => ({
      href: jobsHref(path, { status, job_type: each.jobType }),
      label: kindWords[each.jobType],
      active: job_type === each.jobType,
    })),
  ];
  return (
    <div className={classes.filters}>
      <TabLinks label="Jobs by status" tabs={statuses} />
      <nav aria-label="Jobs by kind" className={classes.kinds}>
        {kinds.map(({ href, label, active }) => (
          <Link key={href} href={href} scroll={false} aria-current={active ? 'page' : undefined} className={classes.kind}>
            {label}
          </Link>
        ))}
      </nav>
    </div>
  );
}
