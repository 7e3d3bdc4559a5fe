import { IconBolt, IconFilterOff, IconTicket } from '@tabler/icons-react';
import { codesHref, lookUpHref } from '#components/codes/hrefs.ts';
import { ButtonLink } from '#components/shell/ButtonLink.tsx';
import { Message } from '#components/shell/Message.tsx';
import type { CodesPage } from '#lib/codes/query';
import type { CodesAddress } from '#lib/codes/schema';

type Props = { promotionId: string; promotion: CodesPage['promotion']; filter: CodesAddress; mayWrite: boolean };

/** Why there are no codes to show, and what to do next. */
export function CodesEmpty({ promotionId, promotion, filter: { search, order }, mayWrite }: Props) {
  if (promotion.automatic) {
    return (
      <Message
        icon={<IconBolt size={28} stroke={1.6} />}
        title="No codes needed"
        description="This promotion is automatic: customers get it in every cart, without a code."
      />
    );
  }
  if (promotion.codeCount === 0) {
    return (
      <Message
        icon={<IconTicket size={28} stroke={1.6} />}
        title="No codes yet"
        description={mayWrite ? 'Ask for as many as you need. They are ready in seconds.' : 'A merchandiser can make the first ones.'}
      >
        {mayWrite && <ButtonLink href={`/promotions/${promotionId}`}>Make codes</ButtonLink>}
      </Message>
    );
  }
  return (
    <Message
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
    </Message>
  );
}
