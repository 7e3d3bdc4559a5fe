'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Button, Group, PasswordInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useRouter } from 'next/navigation';
import { useForm } from 'react-hook-form';
import { FormSection } from '#components/shell/FormSection';
import { showProblems } from '#components/shell/showProblems';
import type { ChangeOwnPassword } from '#components/users/actions';
import { signInWithPassword } from '#components/users/signInWithPassword';
import { unwrap } from '#lib/action-result';
import { type ChangeOwnPasswordInput, changeOwnPasswordInput, userLimits } from '#lib/users/schema';

/** Changes one's own password. It ends all sessions, so this browser signs in again with the new one. */
export function ChangePasswordForm({ email, change }: { email: string; change: ChangeOwnPassword }) {
  const router = useRouter();
  const { register, handleSubmit, setError, reset, formState } = useForm<ChangeOwnPasswordInput>({
    resolver: zodResolver(changeOwnPasswordInput),
    defaultValues: { current_password: '', new_password: '' },
  });
  const { errors, isSubmitting } = formState;

  async function submit(input: ChangeOwnPasswordInput) {
    try {
      await unwrap(change(input));
      const { outcome } = await signInWithPassword(email, input.new_password);
      reset();
      router.refresh();
      if (outcome === 'signed in') notifications.show({ message: 'Your password is changed. Your other devices are signed out.' });
    } catch (error) {
      showProblems(error, setError, 'current_password');
    }
  }

  return (
    <form method="post" noValidate onSubmit={handleSubmit(submit)}>
      <FormSection title="Change your password" description="All your other devices are signed out.">
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <PasswordInput
          {...register('current_password')}
          label="Your password now"
          autoComplete="current-password"
          error={errors.current_password?.message}
        />
        <PasswordInput
          {...register('new_password')}
          label="New password"
          description={`At least ${userLimits.passwordLength.min} characters; a few words in a row are easy to keep in mind`}
          autoComplete="new-password"
          error={errors.new_password?.message}
        />
        <Group>
          <Button type="submit" loading={isSubmitting}>
            Change password
          </Button>
        </Group>
      </FormSection>
    </form>
  );
}
