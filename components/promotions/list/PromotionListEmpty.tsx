import { IconFilterOff, IconRosetteDiscount } from '@tabler/icons-react';
import { promotionsHref } from '#components/promotions/hrefs.ts';
import { statusBadges } from '#components/promotions/PromotionStatusBadge.tsx';
import { ButtonLink } from '#components/ui/ButtonLink.tsx';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import type { PromotionListInput } from '#lib/promotions/schema';

/** Explains what a promotion is while there are none. */
export function NoPromotions({ mayWrite }: { mayWrite: boolean }) {
  return (
    <EmptyState
      icon={<IconRosetteDiscount size={28} stroke={1.6} />}
      title="No promotions yet"
      description={
        mayWrite
          ? 'A promotion defines a discount and its dates. Create one, then generate its codes.'
          : 'A promotion defines a discount and its dates. A merchandiser can create the first one.'
      }
    >
      {mayWrite && <ButtonLink href="/promotions/new">Create promotion</ButtonLink>}
    </EmptyState>
  );
}

/** Replaces the table when no promotion matches the filters. */
export function NoMatchingPromotions({ filter: { search, status } }: { filter: PromotionListInput }) {
  const filtered = status === 'all' ? 'promotion' : `promotion with the status “${statusBadges[status].label}”`;
  return (
    <EmptyState
      icon={<IconFilterOff size={28} stroke={1.6} />}
      title={search ? `No ${filtered} has “${search}” in its name` : `There is no ${filtered}`}
      description="Try another word, or another status."
    >
      <ButtonLink href={promotionsHref({})} variant="default">
        Show all promotions
      </ButtonLink>
    </EmptyState>
  );
}
