'use client';

import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { Controller, useFormContext } from 'react-hook-form';
import type { PromotionFormValues } from '#components/promotions/form-values';
import { useInBrowser } from '#components/shell/useInBrowser';

type Props = { name: 'start' | 'end'; label: string; description?: ReactNode; disabled?: boolean };

/** A moment, shown and typed on the person's own clock, kept in UTC. */
export function DateTimeField({ name, label, description, disabled }: Props) {
  const { control } = useFormContext<PromotionFormValues>();
  const inBrowser = useInBrowser();
  return (
    <Controller
      control={control}
      name={name}
      render={({ field: { value, onChange, ...field }, fieldState }) => (
        <TextInput
          {...field}
          type="datetime-local"
          label={label}
          description={description}
          value={inBrowser ? onOwnClock(value) : ''}
          onChange={({ currentTarget }) => onChange(inUtc(currentTarget.value))}
          error={fieldState.error?.message}
          disabled={disabled}
          required
          withAsterisk={false}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
        />
      )}
    />
  );
}

function onOwnClock(utc: string): string {
  const date = new Date(utc);
  if (Number.isNaN(date.getTime())) return '';
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

function inUtc(ownClock: string): string {
  const date = new Date(ownClock);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
