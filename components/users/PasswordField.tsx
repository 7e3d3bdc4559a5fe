'use client';

import { PasswordInput, Radio, Stack } from '@mantine/core';
import { RadioCard, RadioCards } from '#components/forms/RadioCards.tsx';
import { userLimits } from '#lib/users/schema';

type Props = { value: string | undefined; onChange: (password: string | undefined) => void; error?: string };

/** A generated password (undefined), or one that is entered. */
export function PasswordField({ value, onChange, error }: Props) {
  return (
    <Stack gap="sm">
      <Radio.Group
        label="Password"
        value={value === undefined ? 'made' : 'typed'}
        onChange={(how) => onChange(how === 'made' ? undefined : '')}
      >
        <RadioCards>
          <RadioCard value="made" title="Generate" description="Shown once, to be copied" />
          <RadioCard value="typed" title="Enter" description={`At least ${userLimits.passwordLength.min} characters`} />
        </RadioCards>
      </Radio.Group>
      {value !== undefined && (
        <PasswordInput
          aria-label="Password"
          placeholder={`At least ${userLimits.passwordLength.min} characters`}
          autoComplete="new-password"
          value={value}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
          error={error}
        />
      )}
    </Stack>
  );
}
