import { IconPlus } from '@tabler/icons-react';
import type { Metadata } from 'next';
import { promotionsHref } from '#components/promotions/hrefs.ts';
import { PromotionFilters } from '#components/promotions/list/PromotionFilters.tsx';
import { NoMatchingPromotions, NoPromotions } from '#components/promotions/list/PromotionListEmpty.tsx';
import { PromotionTable } from '#components/promotions/list/PromotionTable.tsx';
import { ButtonLink } from '#components/ui/ButtonLink.tsx';
import { PageHeader } from '#components/ui/PageHeader.tsx';
import { PageLinks } from '#components/ui/PageLinks.tsx';
import { requirePageUser } from '#lib/auth';
import { db } from '#lib/db';
import { listPromotions } from '#lib/promotions/query';
import { promotionListInput } from '#lib/promotions/schema';
import { may } from '#lib/users/permissions';

export const metadata: Metadata = { title: 'Promotions' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function PromotionsPage({ searchParams }: Props) {
  const user = await requirePageUser('read');
  const filter = promotionListInput.parse(await searchParams);
  const { promotions, counts, page, pages, anyAtAll } = await listPromotions(db(), filter);
  const mayWrite = may(user.role, 'write');
  return (
    <>
      <PageHeader
        title="Promotions"
        description="Discounts, their dates and their codes."
        actions={
          mayWrite && (
            <ButtonLink href="/promotions/new" leftSection={<IconPlus size={18} aria-hidden="true" />}>
              New promotion
            </ButtonLink>
          )
        }
      />
      {anyAtAll ? (
        <>
          <PromotionFilters filter={filter} counts={counts} />
          {promotions.length > 0 ? <PromotionTable promotions={promotions} /> : <NoMatchingPromotions filter={filter} />}
          <PageLinks page={page} pages={pages} href={(page) => promotionsHref({ ...filter, page })} />
        </>
      ) : (
        <NoPromotions mayWrite={mayWrite} />
      )}
    </>
  );
}
