'use client';

import { Button, Group, SimpleGrid, Switch, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Controller, useFormContext } from 'react-hook-form';
import { DateTimeField } from '#components/promotions/DateTimeField';
import type { PromotionFormValues } from '#components/promotions/form-values';
import { useInBrowser } from '#components/shell/useInBrowser';
import { promotionLimits } from '#lib/promotions/schema';

const day = 86_400_000;
const lengths = [
  { days: 7, label: '1 week' },
  { days: 30, label: '30 days' },
  { days: 90, label: '90 days' },
  { days: promotionLimits.daysAboveDefault, label: `${promotionLimits.daysAboveDefault} days` },
];

type Props = { endDescription?: ReactNode; endFixed?: boolean };

/** When the promotion runs, and whether it does at all. */
export function WhenFields({ endDescription, endFixed = false }: Props) {
  const { control, getValues, setValue } = useFormContext<PromotionFormValues>();
  const zone = useInBrowser() ? Intl.DateTimeFormat().resolvedOptions().timeZone : 'UTC';
  const endAfter = (days: number) => {
    const start = new Date(getValues('start')).getTime();
    if (!Number.isNaN(start))
      setValue('end', new Date(start + days * day).toISOString(), { shouldDirty: true, shouldTouch: true, shouldValidate: true });
  };
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <DateTimeField name="start" label="Start" />
        <DateTimeField name="end" label="End" description={endDescription} disabled={endFixed} />
      </SimpleGrid>
      {!endFixed && (
        <Group gap={6}>
          <Text size="xs" c="dimmed">
            Runs for
          </Text>
          {lengths.map(({ days, label }) => (
            <Button key={days} variant="default" size="compact-xs" onClick={() => endAfter(days)}>
              {label}
            </Button>
          ))}
        </Group>
      )}
      <Text size="xs" c="dimmed">
        Times are those of your clock ({zone.replaceAll('_', ' ')}).
      </Text>
      <Controller
        control={control}
        name="enabled"
        render={({ field: { value, ...field } }) => (
          <Switch
            {...field}
            checked={value}
            label="Switched on"
            description="On, customers can use it between start and end. Off, nobody can, and codes can still be made."
          />
        )}
      />
    </>
  );
}
