import type { Metadata } from 'next';
import { HistoryList } from '#components/history/HistoryList.tsx';
import { requirePageUser } from '#lib/auth';
import { db } from '#lib/db';
import { listHistory } from '#lib/history/query';
import { historyAddress } from '#lib/history/schema';
import { promotionReference } from '#lib/promotions/schema';
import { missingPromotion } from '../missing-promotion.ts';

export const metadata: Metadata = { title: 'History of a promotion' };

export default async function PromotionHistoryPage({ params, searchParams }: PageProps<'/promotions/[id]/history'>) {
  const user = await requirePageUser('read');
  const { id } = await params;
  const address = historyAddress.parse(await searchParams);
  const history = promotionReference.safeParse({ promotionId: id }).success ? await listHistory(db(), id, address) : null;
  if (!history) return missingPromotion(user, id);
  return <HistoryList promotionId={id} history={history} />;
}
