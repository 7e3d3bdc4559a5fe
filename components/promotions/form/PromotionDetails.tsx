import { Paper, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { DateTime } from '#components/ui/DateTime.tsx';
import type { PromotionView } from '#lib/promotions/query';
import formClasses from './form.module.css';
import classes from './PromotionDetails.module.css';

/** The stored values of a promotion as text, next to the edit form and instead of it for a role that cannot edit. */
export function PromotionDetails({ promotion, lines }: { promotion: PromotionView; lines: PromotionView['lines'] }) {
  return (
    <Paper component="section" className={formClasses.section}>
      <Title order={2} size="h3">
        Details
      </Title>
      <dl className={classes.lines}>
        {lines.map(({ term, text }) => (
          <Row key={term} term={term}>
            {text}
          </Row>
        ))}
        <Row term="How it's applied">{promotion.automatic ? 'Automatically, to every cart; no code needed' : 'With a code'}</Row>
        <Row term="Created">
          <DateTime value={promotion.createdAt} as="moment" /> by {promotion.createdBy}
        </Row>
        <Row term="Last changed">
          <DateTime value={promotion.updatedAt} as="moment" /> by {promotion.updatedBy}
        </Row>
      </dl>
    </Paper>
  );
}

function Row({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className={classes.row}>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
