'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Button, Group, Radio, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useRouter } from 'next/navigation';
import { Controller, FormProvider, useForm } from 'react-hook-form';
import { callAction } from '#components/forms/callAction.ts';
import { FormSection } from '#components/forms/FormSection.tsx';
import { RadioCard, RadioCards } from '#components/forms/RadioCards.tsx';
import { showProblems } from '#components/forms/showProblems.ts';
import { useSubmission } from '#components/forms/submission.ts';
import type { PromotionActions } from '#components/promotions/actions.ts';
import { DiscountFields } from '#components/promotions/form/DiscountFields.tsx';
import { emptyRow, newPromotionForm, type PromotionFormValues } from '#components/promotions/form/form-values.ts';
import { LimitFields } from '#components/promotions/form/LimitFields.tsx';
import { NameFields } from '#components/promotions/form/NameFields.tsx';
import { PromotionSummary } from '#components/promotions/form/PromotionSummary.tsx';
import { ScheduleFields } from '#components/promotions/form/ScheduleFields.tsx';
import { ButtonLink } from '#components/ui/ButtonLink.tsx';
import { ownTimeZone } from '#components/ui/useTimeZone.ts';
import { addDays } from '#lib/format/dates';
import type { CreatePromotionFields, CreatePromotionInput } from '#lib/promotions/schema';
import classes from './form.module.css';

const formName = 'new promotion';

type Props = { create: PromotionActions['create']; currency: string; start: string };

const suggestedDays = 30;

/** Creates a promotion of one of the three types that the dashboard offers; the API has the others. */
export function NewPromotionForm({ create, currency, start }: Props) {
  const router = useRouter();
  const form = useForm<PromotionFormValues, unknown, CreatePromotionInput>({
    resolver: zodResolver(newPromotionForm),
    defaultValues: {
      name: '',
      description: '',
      enabled: true,
      automatic: false,
      promotion_type: 'percent_discount',
      schema: { currencies: [emptyRow(currency)], targets: 'all', percent: '' },
      start,
      end: addDays(new Date(start), suggestedDays, ownTimeZone()).toISOString(),
      min_cart_value: [],
      max_discount_value: [],
      max_applications_per_cart: '',
    },
  });

  const submitNew = useSubmission(formName, (fields: CreatePromotionFields, key) => callAction(create, fields, key));

  async function submit(input: CreatePromotionInput) {
    try {
      const { id, repeated } = await submitNew({ ...input, start: input.start.toISOString(), end: input.end.toISOString() });
      router.push(`/promotions/${id}`);
      notifications.show({ message: createdInWords(input, repeated) });
      // The next page takes over.
      await new Promise(() => {});
    } catch (error) {
      showProblems(error, form.setError);
    }
  }

  return (
    <FormProvider {...form}>
      <form method="post" noValidate onSubmit={form.handleSubmit(submit)} className={classes.form}>
        <Stack>
          <FormSection title="Name and description">
            <NameFields />
          </FormSection>
          <FormSection title="What customers get" description="The kind of discount can't change later.">
            <DiscountFields />
          </FormSection>
          <FormSection title="How they get it">
            <HowFields />
          </FormSection>
          <FormSection title="When">
            <ScheduleFields />
          </FormSection>
          <FormSection title="Limits" description="Optional.">
            <LimitFields />
          </FormSection>
        </Stack>
        <Stack className={classes.aside}>
          <PromotionSummary />
          <Group gap="xs" grow preventGrowOverflow={false}>
            <Button type="submit" size="md" loading={form.formState.isSubmitting}>
              Create promotion
            </Button>
            <ButtonLink href="/promotions" variant="subtle" color="gray" size="md">
              Cancel
            </ButtonLink>
          </Group>
        </Stack>
      </form>
    </FormProvider>
  );
}

function createdInWords({ name, automatic }: CreatePromotionInput, repeated: boolean): string {
  if (repeated) return `“${name}” was already created. There is no second one.`;
  return automatic ? `“${name}” created.` : `“${name}” created. Next: generate its codes.`;
}

function HowFields() {
  return (
    <Controller<PromotionFormValues, 'automatic'>
      name="automatic"
      render={({ field: { value, onChange, onBlur } }) => (
        <Radio.Group
          aria-label="How they get it"
          value={value ? 'automatic' : 'code'}
          onChange={(how) => onChange(how === 'automatic')}
          onBlur={onBlur}
        >
          <RadioCards>
            <RadioCard value="code" title="With a code" description="You make the codes in a job, up to 1,000" />
            <RadioCard value="automatic" title="By itself" description="It counts in every cart, and has no codes" />
          </RadioCards>
        </Radio.Group>
      )}
    />
  );
}
