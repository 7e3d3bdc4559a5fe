import { Paper, Text } from '@mantine/core';
import { AnchorLink } from '#components/ui/AnchorLink.tsx';
import { DateTime } from '#components/ui/DateTime.tsx';
import table from '#components/ui/ListTable.module.css';
import { StatusBadge } from '#components/ui/StatusBadge.tsx';
import type { UsesActions } from '#components/uses/actions.ts';
import { GiveBack } from '#components/uses/GiveBack.tsx';
import { usesHref } from '#components/uses/hrefs.ts';
import { redemptionBadge } from '#components/uses/labels.ts';
import { formatNumber } from '#lib/format/number';
import type { ListedRedemption, RedemptionList } from '#lib/redemptions/query';
import classes from './uses.module.css';

type Props = {
  promotionId: string;
  /** The code whose redemptions these are; absent for those of all codes. */
  code?: string | undefined;
  list: RedemptionList;
  /** Null for a role that cannot give uses back. */
  giveBack: UsesActions['giveBack'] | null;
};

/** Redemptions, the latest first, with a link to older ones. On a phone, each row is a card. */
export function RedemptionsTable({ promotionId, code, list: { redemptions, older }, giveBack }: Props) {
  return (
    <>
      <Paper className={table.paper}>
        <table className={table.table} aria-label="Redemptions">
          <thead>
            <tr>
              <th scope="col">Code</th>
              <th scope="col">Redeemed</th>
              <th scope="col">Status</th>
              <th scope="col" className={table.number}>
                Uses
              </th>
              <th scope="col">Order</th>
              <th scope="col">Customer</th>
              {giveBack && <th scope="col">Change</th>}
            </tr>
          </thead>
          <tbody>
            {redemptions.map((redemption) => (
              <RedemptionRow
                key={`${redemption.redemptionId} ${redemption.code}`}
                promotionId={promotionId}
                redemption={redemption}
                giveBack={giveBack}
              />
            ))}
          </tbody>
        </table>
      </Paper>
      {older !== null && <AnchorLink href={usesHref(promotionId, { code, before: older })}>Older redemptions</AnchorLink>}
    </>
  );
}

function RedemptionRow({ promotionId, redemption, giveBack }: Pick<Props, 'promotionId' | 'giveBack'> & { redemption: ListedRedemption }) {
  const { code, redeemedAt, quantity, returned, order, customer, returnedBy } = redemption;
  const { label, tone } = redemptionBadge(redemption);
  return (
    <tr>
      <th scope="row">
        <AnchorLink href={usesHref(promotionId, { code })} prefetch={false} size="sm" className={`${classes.letters} ${table.wrapped}`}>
          {code}
        </AnchorLink>
      </th>
      <td data-label="Redeemed">
        <DateTime value={redeemedAt} as="moment" />
      </td>
      <td data-label="Status">
        <div>
          <StatusBadge tone={tone}>{label}</StatusBadge>
          {returnedBy !== null && (
            <Text size="xs" c="dimmed" className={table.wrapped}>
              by {returnedBy}
            </Text>
          )}
        </div>
      </td>
      <td data-label="Uses" className={table.number}>
        {formatNumber(quantity)}
      </td>
      <td data-label="Order" className={table.wrapped}>
        {order ?? '–'}
      </td>
      <td data-label="Customer" className={table.wrapped}>
        {customer ?? '–'}
      </td>
      {giveBack && <td>{returned < quantity && <GiveBack redemption={redemption} giveBack={giveBack} />}</td>}
    </tr>
  );
}
