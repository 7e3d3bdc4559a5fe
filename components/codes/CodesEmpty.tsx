import { IconBolt, IconFilterOff, IconTicket } from '@tabler/icons-react';
import { codesHref, lookUpHref } from '#components/codes/hrefs.ts';
import { ButtonLink } from '#components/ui/ButtonLink.tsx';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import type { CodesPage } from '#lib/codes/query';
import type { CodesAddress } from '#lib/codes/schema';

type Props = { promotionId: string; promotion: CodesPage['promotion']; filter: CodesAddress; mayWrite: boolean };

/** Why there are no codes to show, and what to do next. */
export function CodesEmpty({ promotionId, promotion, filter: { search, order }, mayWrite }: Props) {
  if (promotion.automatic) {
    return (
      <EmptyState
        icon={<IconBolt size={28} stroke={1.6} />}
        title="No codes needed"
        description="This promotion is automatic: customers get it in every cart, without a code."
      />
    );
  }
  if (promotion.codeCount === 0) {
    return (
      <EmptyState
        icon={<IconTicket size={28} stroke={1.6} />}
        title="No codes yet"
        description={mayWrite ? 'Ask for as many as you need. They are ready in seconds.' : 'A merchandiser can make the first ones.'}
      >
        {mayWrite && <ButtonLink href={`/promotions/${promotionId}`}>Make codes</ButtonLink>}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<IconFilterOff size={28} stroke={1.6} />}
      title={`No code of this promotion has “${search}” in it`}
      description="Dashes and upper or lower case don't matter. The code may belong to another promotion."
    >
      <ButtonLink href={codesHref(promotionId, { order })} variant="default">
        Show all codes
      </ButtonLink>
      <ButtonLink href={lookUpHref(search)} variant="default">
        Look in all promotions
      </ButtonLink>
    </EmptyState>
  );
}
