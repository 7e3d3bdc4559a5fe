import { Paper } from '@mantine/core';
import Link from 'next/link';
import { CodesMeter } from '#components/promotions/CodesMeter.tsx';
import { PromotionStatusBadge } from '#components/promotions/PromotionStatusBadge.tsx';
import { DateTime } from '#components/ui/DateTime.tsx';
import { LinkPending } from '#components/ui/LinkPending.tsx';
import table from '#components/ui/ListTable.module.css';
import type { PromotionListItem } from '#lib/promotions/query';
import classes from './PromotionTable.module.css';

/** A table of promotions. On a phone, each row is a card. */
export function PromotionTable({ promotions }: { promotions: readonly PromotionListItem[] }) {
  return (
    <Paper className={table.paper}>
      <table className={`${table.table} ${classes.promotions}`}>
        <thead>
          <tr>
            <th scope="col">Promotion</th>
            <th scope="col">Status</th>
            <th scope="col">Runs</th>
            <th scope="col">Codes</th>
          </tr>
        </thead>
        <tbody>
          {promotions.map((promotion) => (
            <tr key={promotion.id}>
              <th scope="row" className={classes.promotion}>
                <Link href={`/promotions/${promotion.id}`} className={classes.name}>
                  {promotion.name}
                  <LinkPending />
                </Link>
                <span className={classes.discount}>{promotion.discount}</span>
              </th>
              <td className={classes.status}>
                <PromotionStatusBadge status={promotion.status} />
              </td>
              <td className={classes.dates}>
                <DateTime value={promotion.start} as="start" />
                &nbsp;– <DateTime value={promotion.end} as="end" />
              </td>
              <td className={classes.codes}>
                <CodesMeter {...promotion} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Paper>
  );
}
