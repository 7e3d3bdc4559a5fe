'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useForm } from 'react-hook-form';
import { callAction } from '#components/forms/callAction.ts';
import { showProblems } from '#components/forms/showProblems.ts';
import type { ChangeOwnPassword } from '#components/users/actions.ts';
import { signInWithPassword } from '#components/users/signInWithPassword.ts';
import { type ChangeOwnPasswordInput, changeOwnPasswordInput, userLimits } from '#lib/users/schema';

type Props = { email: string; change: ChangeOwnPassword; onChanged: (signedIn: boolean) => void };

/** Changes the user's own password. This ends all sessions, so the browser signs in again with the new password. */
export function ChangePasswordForm({ email, change, onChanged }: Props) {
  const { register, handleSubmit, setError, reset, formState } = useForm<ChangeOwnPasswordInput>({
    resolver: zodResolver(changeOwnPasswordInput),
    defaultValues: { current_password: '', new_password: '' },
  });
  const { errors, isSubmitting } = formState;

  async function submit(input: ChangeOwnPasswordInput) {
    try {
      await callAction(change, input);
      const { outcome } = await signInWithPassword(email, input.new_password);
      reset();
      onChanged(outcome === 'signed in');
    } catch (error) {
      showProblems(error, setError, 'current_password');
    }
  }

  return (
    <form method="post" noValidate onSubmit={handleSubmit(submit)} aria-label="Change your password">
      <Stack gap="md">
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <PasswordInput
          {...register('current_password')}
          label="Current password"
          autoComplete="current-password"
          error={errors.current_password?.message}
        />
        <PasswordInput
          {...register('new_password')}
          label="New password"
          description={`At least ${userLimits.passwordLength.min} characters; a few words are easy to remember`}
          autoComplete="new-password"
          error={errors.new_password?.message}
        />
        <Group>
          <Button type="submit" loading={isSubmitting}>
            Change password
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
