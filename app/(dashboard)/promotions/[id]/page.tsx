import type { Metadata } from 'next';
import { PromotionJobs } from '#components/jobs/list/PromotionJobs.tsx';
import { requirePageUser } from '#lib/auth';
import { db } from '#lib/db';
import { listJobs } from '#lib/jobs/list/query';
import { jobsAddress, listJobsInput } from '#lib/jobs/schema';
import { may } from '#lib/users/permissions';
import { exportLinkAction } from '../../../downloads/actions.ts';
import { cancelJobAction, createJobAction, listJobsAction, rerunJobAction } from '../../jobs/actions.ts';
import { setMaxCodesAction, updatePromotionAction } from '../actions.ts';
import { missingPromotion } from './missing-promotion.ts';

export const metadata: Metadata = { title: 'Jobs of a promotion' };

export default async function PromotionJobsPage({ params, searchParams }: PageProps<'/promotions/[id]'>) {
  const user = await requirePageUser('read');
  const { id } = await params;
  const address = jobsAddress.parse(await searchParams);
  const input = listJobsInput.safeParse({ ...address, promotion_id: id });
  if (!input.success) return missingPromotion(user, id);
  const loaded = await listJobs(db(), user, input.data);
  if (!loaded.capacity) return missingPromotion(user, id);
  return (
    <PromotionJobs
      promotionId={id}
      loaded={loaded}
      address={address}
      actions={{
        list: listJobsAction,
        create: createJobAction,
        cancel: cancelJobAction,
        rerun: rerunJobAction,
        link: exportLinkAction,
        update: updatePromotionAction,
        setMaxCodes: setMaxCodesAction,
      }}
      mayWrite={may(user.role, 'write')}
      mayAdminister={may(user.role, 'administer')}
    />
  );
}
