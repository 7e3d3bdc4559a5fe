'use client';

import { Paper, Text } from '@mantine/core';
import { useFormContext } from 'react-hook-form';
import type { PromotionFormValues } from '#components/promotions/form/form-values.ts';
import { DateTime } from '#components/ui/DateTime.tsx';
import { useHydrated } from '#components/ui/useHydrated.ts';
import { describeDiscount } from '#lib/promotions/describe';
import classes from './form.module.css';

/** What is being made, in words, as it is typed. */
export function PromotionSummary() {
  const { name, promotion_type, schema, automatic, enabled, start, end } = useFormContext<PromotionFormValues>().watch();
  const [from, to] = [new Date(start), new Date(end)];
  // The server suggests an end in its own time zone.
  const known = useHydrated() && !Number.isNaN(from.getTime()) && !Number.isNaN(to.getTime());
  return (
    <Paper component="section" aria-label="In words" className={classes.section}>
      <Text size="xs" c="dimmed" mb={6} truncate>
        {name || 'New promotion'}
      </Text>
      <Text className={classes.sentence}>{describeDiscount(promotion_type, schema)}</Text>
      <Text size="sm" mt="xs">
        {automatic ? 'By itself, in every cart' : 'With a code'}
        {known && (
          <>
            , from <DateTime value={from} as="start" /> to <DateTime value={to} as="end" />
          </>
        )}
        .
      </Text>
      {!enabled && (
        <Text size="sm" c="dimmed" mt="xs">
          Off until somebody switches it on.
        </Text>
      )}
    </Paper>
  );
}
