'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Button, Group, Stack, Switch, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconUserPlus } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { Controller, useForm } from 'react-hook-form';
import type { z } from 'zod';
import { type CreateSecret, SecretModal } from '#components/shell/SecretModal';
import { showProblems } from '#components/shell/showProblems';
import type { PeopleActions } from '#components/users/actions';
import { PasswordChoice } from '#components/users/PasswordChoice';
import { type NewPassword, PasswordOnce } from '#components/users/PasswordOnce';
import { RoleChoice } from '#components/users/RoleChoice';
import { unwrap } from '#lib/action-result';
import { type CreateUserInput, createUserInput, userLimits } from '#lib/users/schema';

/** Creates a user: email address, role and first password. */
export function AddPerson({ create }: { create: PeopleActions['create'] }) {
  const [opened, dialog] = useDisclosure();
  return (
    <>
      <Button onClick={dialog.open} leftSection={<IconUserPlus size={18} aria-hidden="true" />}>
        Add user
      </Button>
      <SecretModal<NewPassword>
        opened={opened}
        onClose={dialog.close}
        title="Add user"
        size="lg"
        steps={(createSecret) => <AddForm create={create} createSecret={createSecret} onDone={dialog.close} />}
        secret={(made, onDone) => <PasswordOnce {...made} onDone={onDone} />}
      />
    </>
  );
}

type AddFormProps = { create: PeopleActions['create']; createSecret: CreateSecret<NewPassword>; onDone: () => void };

function AddForm({ create, createSecret, onDone }: AddFormProps) {
  const router = useRouter();
  const { register, control, handleSubmit, setError, formState } = useForm<z.input<typeof createUserInput>, unknown, CreateUserInput>({
    resolver: zodResolver(createUserInput),
    defaultValues: { email: '', name: '', role: 'merchandiser', password: undefined, can_download_exports: true },
  });
  const { errors, isSubmitting } = formState;

  async function submit(input: CreateUserInput) {
    try {
      await createSecret(async () => {
        const { email, madePassword } = await unwrap(create(input));
        router.refresh();
        if (madePassword) return { email, password: madePassword };
        notifications.show({ message: `${input.name} can sign in, and must then change the password.` });
        onDone();
      });
    } catch (error) {
      showProblems(error, setError);
    }
  }

  return (
    <form noValidate onSubmit={handleSubmit(submit)}>
      <Stack>
        <TextInput
          {...register('name')}
          data-autofocus
          label="Name"
          description={`Up to ${userLimits.nameLength} characters`}
          autoComplete="off"
          error={errors.name?.message}
        />
        <TextInput
          {...register('email')}
          label="Email"
          description="Used to sign in; shown next to what this person creates"
          type="email"
          autoComplete="off"
          error={errors.email?.message}
        />
        <Controller
          control={control}
          name="role"
          render={({ field: { value, onChange }, fieldState }) => (
            <RoleChoice value={value} onChange={onChange} error={fieldState.error?.message} />
          )}
        />
        <Controller
          control={control}
          name="password"
          render={({ field: { value, onChange }, fieldState }) => (
            <PasswordChoice value={value} onChange={onChange} error={fieldState.error?.message} />
          )}
        />
        <Controller
          control={control}
          name="can_download_exports"
          render={({ field: { value, onChange } }) => (
            <Switch
              checked={value}
              onChange={({ currentTarget }) => onChange(currentTarget.checked)}
              label="Can download exports"
              description="Exports contain all codes of a promotion"
            />
          )}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" disabled={isSubmitting} onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={isSubmitting}>
            Add user
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
