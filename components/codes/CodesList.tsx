import { Text } from '@mantine/core';
import { CodesEmpty } from '#components/codes/CodesEmpty.tsx';
import { CodesFilter } from '#components/codes/CodesFilter.tsx';
import { CodesTable } from '#components/codes/CodesTable.tsx';
import { codesHref } from '#components/codes/hrefs.ts';
import { AnchorLink } from '#components/ui/AnchorLink.tsx';
import { PageLinks } from '#components/ui/PageLinks.tsx';
import type { CodesPage } from '#lib/codes/query';
import { type CodesAddress, codeLimits } from '#lib/codes/schema';
import { formatCount, formatNumber } from '#lib/format/number';
import { noUsesText } from '#lib/redemptions/status';
import classes from './codes.module.css';

type Props = { promotionId: string; filter: CodesAddress; list: CodesPage; mayWrite: boolean };

/** The codes of a promotion, in pages. */
export function CodesList({ promotionId, filter, list, mayWrite }: Props) {
  const { codes, page, pages, beyond, promotion, usesRecorded } = list;
  return (
    <>
      {promotion.codeCount > 0 && <CodesFilter promotionId={promotionId} filter={filter} />}
      {codes.length > 0 ? (
        <>
          {filter.search && (
            <div className={classes.found}>
              <span>{foundText(list, filter)}</span>
              <AnchorLink href={codesHref(promotionId, { order: filter.order })} size="sm">
                Show all
              </AnchorLink>
            </div>
          )}
          {!usesRecorded && (
            <Text size="sm" c="dimmed" mb="sm">
              {noUsesText}.
            </Text>
          )}
          <CodesTable codes={codes} />
        </>
      ) : (
        <CodesEmpty promotionId={promotionId} promotion={promotion} filter={filter} mayWrite={mayWrite} />
      )}
      <PageLinks page={page} pages={pages} href={(page) => codesHref(promotionId, { ...filter, page })} />
      {beyond && page === pages && (
        <Text size="sm" c="dimmed" mt="sm" ta="center">
          The list ends after {formatNumber(pages * codeLimits.pageSize)} codes. Search for part of a code, or export all codes.
        </Text>
      )}
    </>
  );
}

function foundText({ total, promotion }: CodesPage, { search }: CodesAddress): string {
  const found = total > codeLimits.maxOffset ? `More than ${formatNumber(codeLimits.maxOffset)}` : formatNumber(total);
  return `${found} of ${formatCount(promotion.codeCount, 'code')} with “${search}”`;
}
