'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { showProblems } from '#components/shell/showProblems';
import type { PeopleActions } from '#components/users/actions';
import { PasswordChoice } from '#components/users/PasswordChoice';
import { PasswordOnce } from '#components/users/PasswordOnce';
import { unwrap } from '#lib/action-result';
import type { UserView } from '#lib/users/query';
import { type ResetPasswordInput, resetPasswordInput } from '#lib/users/schema';

type Props = { opened: boolean; onClose: () => void; person: UserView; resetPassword: PeopleActions['resetPassword'] };

/** Gives somebody a new password, when they lost theirs. */
export function NewPassword({ opened, onClose, person, resetPassword }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={`New password for ${person.name}`} closeOnClickOutside={false}>
      <NewPasswordForm person={person} resetPassword={resetPassword} onDone={onClose} />
    </Modal>
  );
}

function NewPasswordForm({ person, resetPassword, onDone }: Pick<Props, 'person' | 'resetPassword'> & { onDone: () => void }) {
  const [made, setMade] = useState<string>();
  const { control, handleSubmit, setError, formState } = useForm<ResetPasswordInput>({
    resolver: zodResolver(resetPasswordInput),
    defaultValues: { userId: person.id, password: undefined },
  });

  async function submit(input: ResetPasswordInput) {
    try {
      const { madePassword } = await unwrap(resetPassword(input));
      if (madePassword) return setMade(madePassword);
      notifications.show({ message: `${person.name} has a new password and is signed out.` });
      onDone();
    } catch (error) {
      showProblems(error, setError);
    }
  }

  if (made) return <PasswordOnce email={person.email} password={made} onDone={onDone} />;
  return (
    <form noValidate onSubmit={handleSubmit(submit)}>
      <Stack>
        <Text size="sm" c="dimmed">
          The old password stops working, and {person.name} is signed out everywhere.
        </Text>
        <Controller
          control={control}
          name="password"
          render={({ field: { value, onChange }, fieldState }) => (
            <PasswordChoice value={value} onChange={onChange} error={fieldState.error?.message} />
          )}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            Leave it
          </Button>
          <Button type="submit" loading={formState.isSubmitting}>
            Set new password
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
