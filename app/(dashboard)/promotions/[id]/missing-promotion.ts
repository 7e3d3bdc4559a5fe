import { notFound, redirect } from 'next/navigation';
import { jobHref } from '#components/jobs/hrefs.ts';
import { db } from '#lib/db';
import { findDeletion } from '#lib/jobs/find';
import { promotionReference } from '#lib/promotions/schema';
import type { Actor } from '#lib/users/permissions';

/** The answer of a promotion's pages when there is no such promotion: the job that deletes or deleted it, or else "not found". */
export async function missingPromotion(user: Actor, id: string): Promise<never> {
  const reference = promotionReference.safeParse({ promotionId: id });
  const deletion = reference.success && (await findDeletion(db(), user, reference.data.promotionId));
  if (deletion) redirect(jobHref(deletion));
  notFound();
}
