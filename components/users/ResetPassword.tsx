'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useForm } from 'react-hook-form';
import { callAction } from '#components/forms/callAction.ts';
import { FormButtons } from '#components/forms/FormButtons.tsx';
import { type CreateSecret, SecretModal } from '#components/forms/SecretModal.tsx';
import { showProblems } from '#components/forms/showProblems.ts';
import type { UserActions } from '#components/users/actions.ts';
import { PasswordField } from '#components/users/PasswordField.tsx';
import { type GeneratedPassword, PasswordToCopy } from '#components/users/PasswordToCopy.tsx';
import type { UserView } from '#lib/users/query';
import { type ResetPasswordInput, resetPasswordInput } from '#lib/users/schema';

type Props = { opened: boolean; onClose: () => void; user: UserView; resetPassword: UserActions['resetPassword'] };

/** Sets a new password for another user, for example when they forgot theirs. */
export function ResetPassword({ opened, onClose, user, resetPassword }: Props) {
  return (
    <SecretModal<GeneratedPassword>
      opened={opened}
      onClose={onClose}
      title={`New password for ${user.name}`}
      steps={(createSecret) => <ResetPasswordForm user={user} resetPassword={resetPassword} createSecret={createSecret} onDone={onClose} />}
      secret={(generated, onDone) => <PasswordToCopy {...generated} onDone={onDone} />}
    />
  );
}

type FormProps = Pick<Props, 'user' | 'resetPassword'> & { createSecret: CreateSecret<GeneratedPassword>; onDone: () => void };

function ResetPasswordForm({ user, resetPassword, createSecret, onDone }: FormProps) {
  const { control, handleSubmit, setError, formState } = useForm<ResetPasswordInput>({
    resolver: zodResolver(resetPasswordInput),
    defaultValues: { userId: user.id, password: undefined },
  });

  async function submit(input: ResetPasswordInput) {
    try {
      await createSecret(async () => {
        const { email, generatedPassword } = await callAction(resetPassword, input);
        if (generatedPassword) return { email, password: generatedPassword };
        notifications.show({ message: `${user.name} has a new password and is signed out.` });
        onDone();
      });
    } catch (error) {
      showProblems(error, setError);
    }
  }

  return (
    <form noValidate onSubmit={handleSubmit(submit)}>
      <Stack>
        <Text size="sm" c="dimmed">
          The old password stops working, and {user.name} is signed out everywhere. The new one must be changed at the next sign-in.
        </Text>
        <PasswordField control={control} name="password" />
        <FormButtons label="Set new password" isSubmitting={formState.isSubmitting} onCancel={onDone} />
      </Stack>
    </form>
  );
}
