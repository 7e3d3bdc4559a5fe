import type { Metadata } from 'next';
import { EditPromotionForm } from '#components/promotions/form/EditPromotionForm.tsx';
import { PromotionDetails } from '#components/promotions/form/PromotionDetails.tsx';
import { requirePageUser } from '#lib/auth';
import { db } from '#lib/db';
import { getPromotion } from '#lib/promotions/query';
import { readLastChangers } from '#lib/promotions/versions/last-changers.sql';
import { may } from '#lib/users/permissions';
import { updatePromotionAction } from '../../actions.ts';
import { missingPromotion } from '../missing-promotion.ts';
import classes from './page.module.css';

export const metadata: Metadata = { title: 'Edit promotion' };

/** The edit form; users who can only view get all details of the promotion instead. */
export default async function EditPromotionPage({ params }: { params: Promise<{ id: string }> }) {
  const user = await requirePageUser('read');
  const { id } = await params;
  const promotion = await getPromotion(db(), id);
  if (!promotion) return missingPromotion(user, id);
  if (!may(user.role, 'write')) return <PromotionDetails promotion={promotion} lines={[...promotion.lines, ...promotion.limits]} />;
  return (
    <div className={classes.columns}>
      <EditPromotionForm promotion={promotion} changedBy={await readLastChangers(db(), id)} update={updatePromotionAction} />
      <PromotionDetails promotion={promotion} lines={promotion.lines} />
    </div>
  );
}
