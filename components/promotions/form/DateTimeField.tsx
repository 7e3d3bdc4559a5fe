'use client';

import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useController } from 'react-hook-form';
import type { PromotionFormValues } from '#components/promotions/form/form-values.ts';
import { useHydrated } from '#components/ui/useHydrated.ts';
import { useTimeZone } from '#components/ui/useTimeZone.ts';
import { fromLocalText, toLocalText } from '#lib/format/dates';

type Props = { name: 'start' | 'end'; label: string; description?: ReactNode; disabled?: boolean };

/** A date and time, shown and entered in the user's time zone and stored in UTC. */
export function DateTimeField({ name, label, description, disabled }: Props) {
  const {
    field: { value, onChange, ...field },
    fieldState,
  } = useController<PromotionFormValues, typeof name>({ name });
  const [typed, setTyped] = useState('');
  const inBrowser = useHydrated();
  const timeZone = useTimeZone();
  const inUtc = (text: string) => {
    const moment = fromLocalText(text, timeZone);
    return Number.isNaN(moment.getTime()) ? '' : moment.toISOString();
  };
  const text = inUtc(typed) === value ? typed : toLocalText(new Date(value), timeZone);
  const skipped = typed !== '' && value === '';
  return (
    <TextInput
      {...field}
      type="datetime-local"
      step="any"
      label={label}
      description={description}
      value={inBrowser ? text : ''}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        onChange(inUtc(currentTarget.value));
      }}
      error={fieldState.error && skipped ? 'The clocks skip this time. Enter another time' : fieldState.error?.message}
      disabled={disabled}
      required
      withAsterisk={false}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
    />
  );
}
