import type { Metadata } from 'next';
import { CodeUses } from '#components/uses/CodeUses.tsx';
import { PromotionUses } from '#components/uses/PromotionUses.tsx';
import { requirePageUser } from '#lib/auth';
import { db } from '#lib/db';
import { promotionReference } from '#lib/promotions/schema';
import { getPromotionUses, getUsedCode, listLatestRedemptions } from '#lib/redemptions/query';
import { usesAddress } from '#lib/redemptions/schema';
import { may } from '#lib/users/permissions';
import { missingPromotion } from '../missing-promotion.ts';
import { giveBackAction, usedByDayAction } from './actions.ts';

export const metadata: Metadata = { title: 'Uses of a promotion' };

export default async function PromotionUsesPage({ params, searchParams }: PageProps<'/promotions/[id]/uses'>) {
  const user = await requirePageUser('read');
  const { id } = await params;
  const address = usesAddress.parse(await searchParams);
  const uses = promotionReference.safeParse({ promotionId: id }).success ? await getPromotionUses(db(), id) : null;
  if (!uses) return missingPromotion(user, id);
  const list = await listLatestRedemptions(db(), id, address);
  const giveBack = may(user.role, 'redeem') ? giveBackAction : null;
  if (address.code === undefined) {
    return <PromotionUses promotionId={id} uses={uses} list={list} giveBack={giveBack} usedByDay={usedByDayAction} />;
  }
  const code = await getUsedCode(db(), id, address.code);
  return <CodeUses promotionId={id} text={address.code} code={code} list={list} giveBack={giveBack} />;
}
