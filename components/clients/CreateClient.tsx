'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Button, Stack, TextInput } from '@mantine/core';
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
import { FormButtons } from '#components/forms/FormButtons.tsx';
import { NumberField } from '#components/forms/NumberField.tsx';
import { type CreateSecret, SecretModal } from '#components/forms/SecretModal.tsx';
import { showProblems } from '#components/forms/showProblems.ts';
import { startSubmission, useSubmission } from '#components/forms/submission.ts';
import { browserTimeZone } from '#components/ui/useTimeZone.ts';
import type { Created } from '#lib/action-result';
import type { ClientReference } from '#lib/clients/schema';
import { type CreateClientInput, clientLimits, createClientInput } from '#lib/clients/schema';
import { formatNumber } from '#lib/format/number';

const { expiresInDays: days, nameLength } = clientLimits;

/** The values of the form. An empty number is an empty text. */
type ClientFields = { name: string; role: CreateClientInput['role']; expires_in_days: number | string; time_zone: string };

const clientForm = z.preprocess(
  ({ expires_in_days, ...fields }: ClientFields) => ({ ...fields, ...(expires_in_days !== '' && { expires_in_days }) }),
  createClientInput,
);

const formName = 'new client';

type NewClient = Created<Credentials, ClientReference>;

/** Creates an API client with a name, a role and an optional expiry date, and shows its secret once. */
export function CreateClient({ create }: { create: ClientActions['create'] }) {
  const [opened, dialog] = useDisclosure(false, { onOpen: () => startSubmission(formName) });
  return (
    <>
      <Button onClick={dialog.open} leftSection={<IconPlus size={18} aria-hidden="true" />}>
        Create client
      </Button>
      <SecretModal<NewClient>
        opened={opened}
        onClose={dialog.close}
        title="Create API client"
        size="lg"
        steps={(createSecret) => <CreateClientForm create={create} createSecret={createSecret} onCancel={dialog.close} />}
        secret={(created, onDone) =>
          created.repeated ? <SecretUnavailable onDone={onDone} /> : <SecretToCopy credentials={created} onDone={onDone} />
        }
      />
    </>
  );
}

type FormProps = { create: ClientActions['create']; createSecret: CreateSecret<NewClient>; onCancel: () => void };

function CreateClientForm({ create, createSecret, onCancel }: FormProps) {
  const router = useRouter();
  const { register, control, handleSubmit, setError, formState } = useForm<ClientFields, unknown, CreateClientInput>({
    resolver: zodResolver(clientForm),
    defaultValues: { name: '', role: 'read', expires_in_days: '', time_zone: browserTimeZone() },
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
          description={`e.g. “Newsletter tool”, up to ${nameLength} characters. Shown next to what it creates.`}
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
        <FormButtons label="Create" isSubmitting={isSubmitting} onCancel={onCancel} />
      </Stack>
    </form>
  );
}
