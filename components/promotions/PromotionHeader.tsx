import { Paper } from '@mantine/core';
import type { ReactNode } from 'react';
import { CodesMeter } from '#components/promotions/CodesMeter.tsx';
import { PromotionStatusBadge } from '#components/promotions/PromotionStatusBadge.tsx';
import { DateTime } from '#components/ui/DateTime.tsx';
import { PageHeader } from '#components/ui/PageHeader.tsx';
import type { PromotionView } from '#lib/promotions/query';
import classes from './PromotionHeader.module.css';

/** The header of every page of a promotion: its name, its main facts and its actions. */
export function PromotionHeader({ promotion, actions }: { promotion: PromotionView; actions?: ReactNode }) {
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Promotions', href: '/promotions' }]}
        title={promotion.name}
        badge={<PromotionStatusBadge status={promotion.status} />}
        description={promotion.description && <span className={classes.description}>{promotion.description}</span>}
        actions={actions}
      />
      <Paper component="dl" className={classes.facts}>
        <Fact term="Discount">{promotion.discount}</Fact>
        <Fact term="How it's applied">{promotion.automatic ? 'Automatically' : 'With a code'}</Fact>
        <Fact term="Runs">
          <DateTime value={promotion.start} as="start" />
          &nbsp;– <DateTime value={promotion.end} as="end" />
        </Fact>
        <Fact term="Codes">
          <CodesMeter {...promotion} />
        </Fact>
      </Paper>
    </>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
