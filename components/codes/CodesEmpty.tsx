import { IconBolt, IconFilterOff, IconTicket } from '@tabler/icons-react';
import { codesHref, lookUpHref } from '#components/codes/hrefs.ts';
import { ButtonLink } from '#components/ui/ButtonLink.tsx';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import type { CodesPage } from '#lib/codes/query';
import type { CodesAddress } from '#lib/codes/schema';

type Props = { promotionId: string; promotion: CodesPage['promotion']; filter: CodesAddress; mayWrite: boolean };

/** Explains why there are no codes to show and offers the next step. */
export function CodesEmpty({ promotionId, promotion, filter: { search, order }, mayWrite }: Props) {
  if (promotion.automatic) {
    return (
      <EmptyState
        icon={<IconBolt size={28} stroke={1.6} />}
        title="No codes needed"
        description="This promotion is automatic: it applies to every cart without a code."
      />
    );
  }
  if (promotion.codeCount === 0) {
    return (
      <EmptyState
        icon={<IconTicket size={28} stroke={1.6} />}
        title="No codes yet"
        description={mayWrite ? 'Generate as many as you need. They are ready in seconds.' : 'A merchandiser can generate the first ones.'}
      >
        {mayWrite && <ButtonLink href={`/promotions/${promotionId}`}>Generate codes</ButtonLink>}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<IconFilterOff size={28} stroke={1.6} />}
      title={`No code of this promotion contains “${search}”`}
      description="Dashes and upper or lower case don't matter. The code may belong to another promotion."
    >
      <ButtonLink href={codesHref(promotionId, { order })} variant="default">
        Show all codes
      </ButtonLink>
      <ButtonLink href={lookUpHref(search)} variant="default">
        Search all promotions
      </ButtonLink>
    </EmptyState>
  );
}
