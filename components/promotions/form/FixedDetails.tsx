import { Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { DateTime } from '#components/ui/DateTime.tsx';
import type { PromotionView } from '#lib/promotions/query';
import classes from './FixedDetails.module.css';
import formClasses from './form.module.css';

/** What was decided when the promotion was made, and why it stays so; for who only reads, all the rest as well. */
export function FixedDetails({ promotion, lines }: { promotion: PromotionView; lines: PromotionView['lines'] }) {
  return (
    <Paper component="section" className={formClasses.section}>
      <Title order={2} size="h3">
        What customers get
      </Title>
      <Text size="sm" c="dimmed" mt={2}>
        The kind of discount can't change. The rest can be changed through the API, and then codes that customers already have give the new
        discount.
      </Text>
      <dl className={classes.lines}>
        {lines.map(({ term, text }) => (
          <Row key={term} term={term}>
            {text}
          </Row>
        ))}
        <Row term="How they get it">{promotion.automatic ? 'By itself, in every cart; it has no codes' : 'With a code'}</Row>
        <Row term="Made">
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
