'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Button, Stack, Switch, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconUserPlus } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { Controller, useForm } from 'react-hook-form';
import type { z } from 'zod';
import { callAction } from '#components/forms/callAction.ts';
import { FormButtons } from '#components/forms/FormButtons.tsx';
import { type CreateSecret, SecretModal } from '#components/forms/SecretModal.tsx';
import { showProblems } from '#components/forms/showProblems.ts';
import { startSubmission, useSubmission } from '#components/forms/submission.ts';
import type { UserActions } from '#components/users/actions.ts';
import { PasswordField } from '#components/users/PasswordField.tsx';
import { type GeneratedPassword, PasswordToCopy } from '#components/users/PasswordToCopy.tsx';
import { RoleField } from '#components/users/RoleField.tsx';
import { type CreateUserInput, createUserInput, userLimits } from '#lib/users/schema';

const formName = 'new user';

/** Creates a user: email address, role and first password. */
export function AddUser({ create }: { create: UserActions['create'] }) {
  const [opened, dialog] = useDisclosure(false, { onOpen: () => startSubmission(formName) });
  return (
    <>
      <Button onClick={dialog.open} leftSection={<IconUserPlus size={18} aria-hidden="true" />}>
        Add user
      </Button>
      <SecretModal<GeneratedPassword>
        opened={opened}
        onClose={dialog.close}
        title="Add user"
        size="lg"
        steps={(createSecret) => <AddUserForm create={create} createSecret={createSecret} onDone={dialog.close} />}
        secret={(generated, onDone) => <PasswordToCopy {...generated} onDone={onDone} />}
      />
    </>
  );
}

/** A generated password is not stored, so a repeated submission cannot show it. */
function alreadyAdded({ name, password }: CreateUserInput): string {
  if (password !== undefined) return `${name} was already added and can sign in.`;
  return `${name} was already added. The generated password can't be shown again: set a new one in the user's menu.`;
}

type FormProps = { create: UserActions['create']; createSecret: CreateSecret<GeneratedPassword>; onDone: () => void };

function AddUserForm({ create, createSecret, onDone }: FormProps) {
  const router = useRouter();
  const { register, control, handleSubmit, setError, formState } = useForm<z.input<typeof createUserInput>, unknown, CreateUserInput>({
    resolver: zodResolver(createUserInput),
    defaultValues: { email: '', name: '', role: 'merchandiser', password: undefined, can_download_exports: true },
  });
  const { errors, isSubmitting } = formState;

  const submitNew = useSubmission(formName, (input: CreateUserInput, key) => callAction(create, input, key), 'page');

  async function submit(input: CreateUserInput) {
    try {
      await createSecret(async () => {
        const created = await submitNew(input);
        router.refresh();
        if (!created.repeated && created.generatedPassword) return { email: created.email, password: created.generatedPassword };
        notifications.show({
          message: created.repeated ? alreadyAdded(input) : `${input.name} can sign in and must then change the password.`,
        });
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
          description="Used to sign in; shown next to what this user creates"
          type="email"
          autoComplete="off"
          error={errors.email?.message}
        />
        <Controller
          control={control}
          name="role"
          render={({ field: { value, onChange }, fieldState }) => (
            <RoleField value={value} onChange={onChange} error={fieldState.error?.message} />
          )}
        />
        <PasswordField control={control} name="password" />
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
        <FormButtons label="Add user" isSubmitting={isSubmitting} onCancel={onDone} />
      </Stack>
    </form>
  );
}
