import type { Metadata } from 'next';
import { ButtonLink } from '#components/shell/ButtonLink';
import { PageHeader } from '#components/shell/PageHeader';
import { requirePageUser } from '#lib/auth';

export const metadata: Metadata = { title: 'Promotions' };

export default async function PromotionsPage() {
  await requirePageUser('read', '/promotions');
  return (
    <PageHeader
      title="Promotions"
      description="What your shop gives, and the codes that go with it."
      actions={<ButtonLink href="/promotions/new">New promotion</ButtonLink>}
    />
  );
}
