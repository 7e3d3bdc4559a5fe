import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import Form from 'next/form';
import { promotionsHref } from '#components/promotions/hrefs.ts';
import { statusBadges } from '#components/promotions/PromotionStatusBadge.tsx';
import { TabLinks } from '#components/ui/TabLinks.tsx';
import type { PromotionCounts } from '#lib/promotions/query';
import type { PromotionListInput } from '#lib/promotions/schema';
import { promotionStatuses } from '#lib/promotions/status';
import classes from './PromotionFilters.module.css';

/** Status tabs with counts and a search by name. Both are in the address. */
export function PromotionFilters({ filter, counts }: { filter: PromotionListInput; counts: PromotionCounts }) {
  const { search, status } = filter;
  const tabs = (['all', ...promotionStatuses] as const).map((each) => ({
    href: promotionsHref({ search, status: each }),
    label: each === 'all' ? 'All' : statusBadges[each].label,
    active: each === status,
    count: counts[each],
  }));
  return (
    <div className={classes.filters}>
      <TabLinks label="Status" tabs={tabs} />
      <Form action="/promotions" role="search" aria-label="Promotions" className={classes.search}>
        {status !== 'all' && <input type="hidden" name="status" value={status} />}
        <TextInput
          key={search}
          name="search"
          type="search"
          aria-label="Search promotions by name"
          placeholder="Search by name"
          defaultValue={search}
          autoComplete="off"
          size="sm"
          leftSection={<IconSearch size={16} aria-hidden="true" />}
        />
      </Form>
    </div>
  );
}
