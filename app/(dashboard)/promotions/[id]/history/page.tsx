import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { HistoryList } from '#components/history/HistoryList.tsx';
import { requirePageUser } from '#lib/auth';
import { db } from '#lib/db';
import { listHistory } from '#lib/history/query';
import { historyAddress } from '#lib/history/schema';
import { promotionReference } from '#lib/promotions/schema';

export const metadata: Metadata = { title: 'History of a promotion' };

export default async function PromotionHistoryPage({ params, searchParams }: PageProps<'/promotions/[id]/history'>) {
  await requirePageUser('read');
  const { id } = await params;
  const address = historyAddress.parse(await searchParams);
  const history = promotionReference.safeParse({ promotionId: id }).success ? await listHistory(db(), id, address) : null;
  if (!history) notFound();
  return <HistoryList promotionId={id} history={history} />;
}
