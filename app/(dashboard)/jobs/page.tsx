import type { Metadata } from 'next';
import { AllJobs } from '#components/jobs/list/AllJobs.tsx';
import { requirePageUser } from '#lib/auth';
import { db } from '#lib/db';
import { listJobs } from '#lib/jobs/list/query';
import { jobsAddress } from '#lib/jobs/schema';
import { may } from '#lib/users/permissions';
import { exportLinkAction } from '../../downloads/actions.ts';
import { cancelJobAction, listJobsAction, rerunJobAction } from './actions.ts';

export const metadata: Metadata = { title: 'Jobs' };

export default async function JobsPage({ searchParams }: PageProps<'/jobs'>) {
  const user = await requirePageUser('read');
  const address = jobsAddress.parse(await searchParams);
  return (
    <AllJobs
      loaded={await listJobs(db(), user, address)}
      address={address}
      actions={{ list: listJobsAction, cancel: cancelJobAction, rerun: rerunJobAction, link: exportLinkAction }}
      mayWrite={may(user.role, 'write')}
    />
  );
}
