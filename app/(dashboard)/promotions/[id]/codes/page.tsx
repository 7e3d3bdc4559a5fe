import type { Metadata } from 'next';
import { CodesList } from '#components/codes/CodesList.tsx';
import { requirePageUser } from '#lib/auth';
import { listCodes } from '#lib/codes/query';
import { codesAddress } from '#lib/codes/schema';
import { db } from '#lib/db';
import { promotionReference } from '#lib/promotions/schema';
import { may } from '#lib/users/permissions';
import { missingPromotion } from '../missing-promotion.ts';

export const metadata: Metadata = { title: 'Codes of a promotion' };

export default async function PromotionCodesPage({ params, searchParams }: PageProps<'/promotions/[id]/codes'>) {
  const user = await requirePageUser('read');
  const { id } = await params;
  const filter = codesAddress.parse(await searchParams);
  const list = promotionReference.safeParse({ promotionId: id }).success ? await listCodes(db(), id, filter) : null;
  if (!list) return missingPromotion(user, id);
  return <CodesList promotionId={id} filter={filter} list={list} mayWrite={may(user.role, 'write')} />;
}
