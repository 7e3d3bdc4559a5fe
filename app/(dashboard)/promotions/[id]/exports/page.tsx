import type { Metadata } from 'next';
import { ExportsList } from '#components/exports/ExportsList.tsx';
import { requirePageUser } from '#lib/auth';
import { db } from '#lib/db';
import { listExports } from '#lib/exports/query';
import { exportsAddress } from '#lib/exports/schema';
import { promotionReference } from '#lib/promotions/schema';
import { may } from '#lib/users/permissions';
import { exportLinkAction } from '../../../../downloads/actions.ts';
import { missingPromotion } from '../missing-promotion.ts';

export const metadata: Metadata = { title: 'Exports of a promotion' };

export default async function PromotionExportsPage({ params, searchParams }: PageProps<'/promotions/[id]/exports'>) {
  const user = await requirePageUser('read');
  const { id } = await params;
  const address = exportsAddress.parse(await searchParams);
  const list = promotionReference.safeParse({ promotionId: id }).success ? await listExports(db(), id, address) : null;
  if (!list) return missingPromotion(user, id);
  return (
    <ExportsList
      promotionId={id}
      list={list}
      link={exportLinkAction}
      mayWrite={may(user.role, 'write')}
      mayDownload={user.canDownloadExports}
    />
  );
}
