'use client';

import { Button, Group, SimpleGrid, Switch, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Controller, useFormContext } from 'react-hook-form';
import { DateTimeField } from '#components/promotions/form/DateTimeField.tsx';
import { FieldConflict } from '#components/promotions/form/FieldConflict.tsx';
import type { PromotionFormValues } from '#components/promotions/form/form-values.ts';
import { useTimeZone } from '#components/ui/useTimeZone.ts';
import { addDays, endOfDay } from '#lib/format/dates';
import { latestEndAbove1000 } from '#lib/promotions/rules';
import { promotionLimits } from '#lib/promotions/schema';

const durations = [
  { days: 7, label: '1 week' },
  { days: 30, label: '30 days' },
  { days: 90, label: '90 days' },
  { days: promotionLimits.daysAboveDefault, label: `${promotionLimits.daysAboveDefault} days` },
];

type Props = { endDescription?: ReactNode; endFixed?: boolean };

/** The fields for the dates of a promotion and whether it is switched on. */
export function ScheduleFields({ endDescription, endFixed = false }: Props) {
  const { control, getValues, setValue } = useFormContext<PromotionFormValues>();
  const timeZone = useTimeZone();
  const moment = (name: 'start' | 'end') => new Date(getValues(name));
  const setEnd = (end: Date) => {
    if (!Number.isNaN(end.getTime())) setValue('end', end.toISOString(), { shouldDirty: true, shouldTouch: true, shouldValidate: true });
  };
  const endAfter = (days: number) => {
    const [end, latest] = [addDays(moment('start'), days, timeZone).getTime(), latestEndAbove1000(moment('start')).getTime()];
    // The limit counts days of 24 hours. 365 calendar days are one hour longer when the clocks go back twice.
    setEnd(new Date(Math.min(end, latest)));
  };
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <DateTimeField name="start" label="Start" />
        <DateTimeField name="end" label="End" description={endDescription} disabled={endFixed} />
      </SimpleGrid>
      <FieldConflict name="start" />
      <FieldConflict name="end" />
      {!endFixed && (
        <Group gap={6}>
          <Text size="xs" c="dimmed">
            Duration
          </Text>
          {durations.map(({ days, label }) => (
            <Button key={days} variant="default" size="compact-xs" onClick={() => endAfter(days)}>
              {label}
            </Button>
          ))}
          <Button variant="default" size="compact-xs" onClick={() => setEnd(endOfDay(moment('end'), timeZone))}>
            End of that day
          </Button>
        </Group>
      )}
      <Text size="xs" c="dimmed">
        Times are in your time zone ({timeZone.replaceAll('_', ' ')}).
      </Text>
      <Controller
        control={control}
        name="enabled"
        render={({ field: { value, ...field } }) => (
          <Switch
            {...field}
            checked={value}
            label="Switched on"
            description="When on, customers can use it between the start and end dates. When off, they can't, but you can still generate codes."
          />
        )}
      />
    </>
  );
}
