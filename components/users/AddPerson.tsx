'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconUserPlus } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import type { z } from 'zod';
import { showProblems } from '#components/shell/showProblems';
import type { PeopleActions } from '#components/users/actions';
import { PasswordChoice } from '#components/users/PasswordChoice';
import { PasswordOnce } from '#components/users/PasswordOnce';
import { RoleChoice } from '#components/users/RoleChoice';
import { unwrap } from '#lib/action-result';
import { type CreateUserInput, createUserInput, userLimits } from '#lib/users/schema';

/** Lets somebody in: who, with what role, by what password. */
export function AddPerson({ create }: { create: PeopleActions['create'] }) {
  const [opened, dialog] = useDisclosure();
  return (
    <>
      <Button onClick={dialog.open} leftSection={<IconUserPlus size={18} aria-hidden="true" />}>
        Add a person
      </Button>
      <Modal opened={opened} onClose={dialog.close} title="Add a person" size="lg" closeOnClickOutside={false}>
        <AddForm create={create} onDone={dialog.close} />
      </Modal>
    </>
  );
}

function AddForm({ create, onDone }: { create: PeopleActions['create']; onDone: () => void }) {
  const router = useRouter();
  const [made, setMade] = useState<{ email: string; password: string }>();
  const { register, control, handleSubmit, setError, formState } = useForm<z.input<typeof createUserInput>, unknown, CreateUserInput>({
    resolver: zodResolver(createUserInput),
    defaultValues: { email: '', name: '', role: 'merchandiser', password: undefined },
  });
  const { errors, isSubmitting } = formState;

  async function submit(input: CreateUserInput) {
    try {
      const { email, madePassword } = await unwrap(create(input));
      router.refresh();
      if (madePassword) return setMade({ email, password: madePassword });
      notifications.show({ message: `${input.name} can sign in.` });
      onDone();
    } catch (error) {
      showProblems(error, setError);
    }
  }

  if (made) return <PasswordOnce {...made} onDone={onDone} />;
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
          label="E-mail"
          description="To sign in with; it stands beside what this person makes"
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
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={isSubmitting}>
            Add
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
