'use client';

import { Paper, Text } from '@mantine/core';
import { useFormContext } from 'react-hook-form';
import type { PromotionFormValues } from '#components/promotions/form/form-values.ts';
import { DateTime } from '#components/ui/DateTime.tsx';
import { useHydrated } from '#components/ui/useHydrated.ts';
import { describeDiscount } from '#lib/promotions/describe';
import classes from './form.module.css';

/** A summary of the promotion, updated while the form is filled in. */
export function PromotionSummary() {
  const { name, promotion_type, schema, automatic, enabled, start, end } = useFormContext<PromotionFormValues>().watch();
  const [from, to] = [new Date(start), new Date(end)];
  // On the server, the suggested end is in the server's time zone.
  const showDates = useHydrated() && !Number.isNaN(from.getTime()) && !Number.isNaN(to.getTime());
  return (
    <Paper component="section" aria-label="Summary" className={classes.section}>
      <Text size="xs" c="dimmed" mb={6} truncate>
        {name || 'New promotion'}
      </Text>
      <Text className={classes.sentence}>{describeDiscount(promotion_type, schema)}</Text>
      <Text size="sm" mt="xs">
        {automatic ? 'Automatically, in every cart' : 'With a code'}
        {showDates && (
          <>
            , from <DateTime value={from} as="start" /> to <DateTime value={to} as="end" />
          </>
        )}
        .
      </Text>
      {!enabled && (
        <Text size="sm" c="dimmed" mt="xs">
          Off until you switch it on.
        </Text>
      )}
    </Paper>
  );
}
