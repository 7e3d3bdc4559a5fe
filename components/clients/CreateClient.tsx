'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { Controller, useForm } from 'react-hook-form';
import { z } from 'zod';
import type { ClientActions, Credentials } from '#components/clients/actions.ts';
import { ClientRoleField } from '#components/clients/ClientRoleField.tsx';
import { SecretToCopy } from '#components/clients/SecretToCopy.tsx';
import { SecretUnavailable } from '#components/clients/SecretUnavailable.tsx';
import { callAction } from '#components/forms/callAction.ts';
import { NumberField } from '#components/forms/NumberField.tsx';
import { type CreateSecret, SecretModal } from '#components/forms/SecretModal.tsx';
import { showProblems } from '#components/forms/showProblems.ts';
import { startSubmission, useSubmission } from '#components/forms/submission.ts';
import { ownTimeZone } from '#components/ui/useTimeZone.ts';
import type { Created } from '#lib/action-result';
import type { ClientReference } from '#lib/clients/schema';
import { type CreateClientInput, clientLimits, createClientInput } from '#lib/clients/schema';
import { formatNumber } from '#lib/format/number';

const { expiresInDays: days, nameLength } = clientLimits;

/** What the form holds: an empty number is an empty text there. */
type ClientFields = { name: string; role: CreateClientInput['role']; expires_in_days: number | string; time_zone: string };

const clientForm = z.preprocess(
  ({ expires_in_days, ...fields }: ClientFields) => ({ ...fields, ...(expires_in_days !== '' && { expires_in_days }) }),
  createClientInput,
);

const formName = 'new client';

type NewClient = Created<Credentials, ClientReference>;

/** Lets a program in: what it is called, what it may do, how long. */
export function CreateClient({ create }: { create: ClientActions['create'] }) {
  const [opened, dialog] = useDisclosure(false, { onOpen: () => startSubmission(formName) });
  return (
    <>
      <Button onClick={dialog.open} leftSection={<IconPlus size={18} aria-hidden="true" />}>
        Make a client
      </Button>
      <SecretModal<NewClient>
        opened={opened}
        onClose={dialog.close}
        title="Make an API client"
        size="lg"
        steps={(createSecret) => <MakeForm create={create} createSecret={createSecret} onCancel={dialog.close} />}
        secret={(made, onDone) =>
          made.repeated ? <SecretUnavailable onDone={onDone} /> : <SecretToCopy credentials={made} onDone={onDone} />
        }
      />
    </>
  );
}

type MakeFormProps = { create: ClientActions['create']; createSecret: CreateSecret<NewClient>; onCancel: () => void };

function MakeForm({ create, createSecret, onCancel }: MakeFormProps) {
  const router = useRouter();
  const { register, control, handleSubmit, setError, formState } = useForm<ClientFields, unknown, CreateClientInput>({
    resolver: zodResolver(clientForm),
    defaultValues: { name: '', role: 'read', expires_in_days: '', time_zone: ownTimeZone() },
  });
  const { errors, isSubmitting } = formState;

  const submitNew = useSubmission(formName, (input: CreateClientInput, key) => callAction(create, input, key));

  async function submit(input: CreateClientInput) {
    try {
      await createSecret(() => submitNew(input));
      router.refresh();
    } catch (error) {
      showProblems(error, setError, 'name');
    }
  }

  return (
    <form noValidate onSubmit={handleSubmit(submit)}>
      <Stack>
        <TextInput
          {...register('name')}
          data-autofocus
          label="Name"
          description={`What the program is, up to ${nameLength} characters; it stands beside what the program makes`}
          autoComplete="off"
          error={errors.name?.message}
        />
        <Controller
          control={control}
          name="role"
          render={({ field: { value, onChange }, fieldState }) => (
            <ClientRoleField value={value} onChange={onChange} error={fieldState.error?.message} />
          )}
        />
        <NumberField
          control={control}
          name="expires_in_days"
          label="Expires after (days)"
          description={`${formatNumber(days.min)}–${formatNumber(days.max)}; leave empty for never`}
          placeholder="Never"
          limits={days}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" disabled={isSubmitting} onClick={onCancel}>
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
