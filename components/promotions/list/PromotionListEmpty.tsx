import { IconFilterOff, IconRosetteDiscount } from '@tabler/icons-react';
import { promotionsAddress } from '#components/promotions/hrefs.ts';
import { statusBadges } from '#components/promotions/PromotionStatusBadge.tsx';
import { ButtonLink } from '#components/ui/ButtonLink.tsx';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import type { PromotionListInput } from '#lib/promotions/schema';

/** The first visit: what a promotion is, and how to make one. */
export function NoPromotions({ mayWrite }: { mayWrite: boolean }) {
  return (
    <EmptyState
      icon={<IconRosetteDiscount size={28} stroke={1.6} />}
      title="No promotions yet"
      description={
        mayWrite
          ? 'A promotion says what customers get and when. Make one, then make its codes in a job.'
          : 'A promotion says what customers get and when. A merchandiser can make the first one.'
      }
    >
      {mayWrite && <ButtonLink href="/promotions/new">Make a promotion</ButtonLink>}
    </EmptyState>
  );
}

/** There are promotions, and none is what was asked for. */
export function NothingMatches({ filter: { search, status } }: { filter: PromotionListInput }) {
  const kind = status === 'all' ? 'promotion' : `promotion that is ${statusBadges[status].label.toLowerCase()}`;
  return (
    <EmptyState
      icon={<IconFilterOff size={28} stroke={1.6} />}
      title={search ? `No ${kind} has “${search}” in its name` : `There is no ${kind}`}
      description="Try another word, or another status."
    >
      <ButtonLink href={promotionsAddress({})} variant="default">
        Show all promotions
      </ButtonLink>
    </EmptyState>
  );
}
