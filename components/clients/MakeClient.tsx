'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Button, Group, Modal, NumberInput, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import type { ClientActions, Credentials } from '#components/clients/actions';
import { ClientRoleChoice } from '#components/clients/ClientRoleChoice';
import { SecretOnce } from '#components/clients/SecretOnce';
import { showProblems } from '#components/shell/showProblems';
import { unwrap } from '#lib/action-result';
import { type CreateClientFields, type CreateClientInput, clientLimits, createClientInput } from '#lib/clients/schema';

/** Lets a program in: what it is called, what it may do, how long. */
export function MakeClient({ create }: { create: ClientActions['create'] }) {
  const [opened, dialog] = useDisclosure();
  return (
    <>
      <Button onClick={dialog.open} leftSection={<IconPlus size={18} aria-hidden="true" />}>
        Make a client
      </Button>
      <Modal opened={opened} onClose={dialog.close} title="Make an API client" size="lg" closeOnClickOutside={false}>
        <MakeForm create={create} onDone={dialog.close} />
      </Modal>
    </>
  );
}

function MakeForm({ create, onDone }: { create: ClientActions['create']; onDone: () => void }) {
  const router = useRouter();
  const [made, setMade] = useState<Credentials>();
  const { register, control, handleSubmit, setError, formState } = useForm<CreateClientFields, unknown, CreateClientInput>({
    resolver: zodResolver(createClientInput),
    defaultValues: { name: '', role: 'read', expires_in_days: undefined },
  });
  const { errors, isSubmitting } = formState;

  async function submit(input: CreateClientInput) {
    try {
      setMade(await unwrap(create(input)));
      router.refresh();
    } catch (error) {
      showProblems(error, setError, 'name');
    }
  }

  if (made) return <SecretOnce credentials={made} onDone={onDone} />;
  return (
    <form noValidate onSubmit={handleSubmit(submit)}>
      <Stack>
        <TextInput
          {...register('name')}
          data-autofocus
          label="Name"
          description={`What the program is, up to ${clientLimits.nameLength} characters; it stands beside what the program makes`}
          autoComplete="off"
          error={errors.name?.message}
        />
        <Controller
          control={control}
          name="role"
          render={({ field: { value = 'read', onChange }, fieldState }) => (
            <ClientRoleChoice value={value} onChange={onChange} error={fieldState.error?.message} />
          )}
        />
        <Controller
          control={control}
          name="expires_in_days"
          render={({ field: { value, onChange, ...field }, fieldState }) => (
            <NumberInput
              {...field}
              value={value ?? ''}
              onChange={(days) => onChange(days === '' ? undefined : days)}
              label="Expires after days"
              description={`1 to ${clientLimits.expiresInDays.toLocaleString('en')}; empty is never`}
              placeholder="Never"
              thousandSeparator=","
              clampBehavior="none"
              inputMode="numeric"
              autoComplete="off"
              error={fieldState.error?.message}
            />
          )}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={isSubmitting}>
            Make
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
