import type { Metadata } from 'next';
import { NewPromotionForm } from '#components/promotions/form/NewPromotionForm.tsx';
import { PageHeader } from '#components/ui/PageHeader.tsx';
import { requirePageUser } from '#lib/auth';
import { db } from '#lib/db';
import { suggestPromotion } from '#lib/promotions/creation/suggest.sql';
import { createPromotionAction } from '../actions.ts';

export const metadata: Metadata = { title: 'New promotion' };

export default async function NewPromotionPage() {
  await requirePageUser('write');
  return (
    <>
      <PageHeader breadcrumbs={[{ label: 'Promotions', href: '/promotions' }]} title="New promotion" />
      <NewPromotionForm create={createPromotionAction} {...(await suggestPromotion(db()))} />
    </>
  );
}
