'use client';

import { PasswordInput, Radio, Stack } from '@mantine/core';
import { type Control, type FieldPath, type FieldValues, useController } from 'react-hook-form';
import { RadioCard, RadioCards } from '#components/forms/RadioCards.tsx';
import { userLimits } from '#lib/users/schema';

type Props<Fields extends FieldValues, Context, Output> = { control: Control<Fields, Context, Output>; name: FieldPath<Fields> };

/** The choice between a generated password (undefined) and an entered one. */
export function PasswordField<Fields extends FieldValues, Context, Output>({ control, name }: Props<Fields, Context, Output>) {
  const { field, fieldState } = useController({ control, name });
  const { value, onChange } = field;
  return (
    <Stack gap="sm">
      <Radio.Group
        label="Password"
        value={value === undefined ? 'generated' : 'entered'}
        onChange={(chosen) => onChange(chosen === 'generated' ? undefined : '')}
      >
        <RadioCards>
          <RadioCard value="generated" title="Generate" description="Shown only once" />
          <RadioCard value="entered" title="Enter" description={`At least ${userLimits.passwordLength.min} characters`} />
        </RadioCards>
      </Radio.Group>
      {value !== undefined && (
        <PasswordInput
          aria-label="Password"
          placeholder={`At least ${userLimits.passwordLength.min} characters`}
          autoComplete="new-password"
          value={value}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
          error={fieldState.error?.message}
        />
      )}
    </Stack>
  );
}
