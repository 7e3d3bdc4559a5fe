'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Button, Group, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useRouter } from 'next/navigation';
import { FormProvider, useForm } from 'react-hook-form';
import { callAction } from '#components/forms/callAction.ts';
import { FormSection } from '#components/forms/FormSection.tsx';
import { showProblems } from '#components/forms/showProblems.ts';
import { useSubmission } from '#components/forms/submission.ts';
import type { PromotionActions } from '#components/promotions/actions.ts';
import { AutomaticField } from '#components/promotions/form/AutomaticField.tsx';
import { DiscountFields, DiscountTypeField } from '#components/promotions/form/DiscountFields.tsx';
import { emptyRow, newPromotionForm, type PromotionFormValues } from '#components/promotions/form/form-values.ts';
import { LimitFields } from '#components/promotions/form/LimitFields.tsx';
import { NameFields } from '#components/promotions/form/NameFields.tsx';
import { PromotionSummary } from '#components/promotions/form/PromotionSummary.tsx';
import { ScheduleFields } from '#components/promotions/form/ScheduleFields.tsx';
import { ButtonLink } from '#components/ui/ButtonLink.tsx';
import { browserTimeZone } from '#components/ui/useTimeZone.ts';
import { addDays } from '#lib/format/dates';
import { formatNumber } from '#lib/format/number';
import { type CreatePromotionFields, type CreatePromotionInput, promotionLimits } from '#lib/promotions/schema';
import classes from './form.module.css';

const formName = 'new promotion';

type Props = { create: PromotionActions['create']; currency: string; start: string };

const suggestedDays = 30;

/** Creates a promotion of one of the three types that the dashboard offers. The API has more types. */
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
      end: addDays(new Date(start), suggestedDays, browserTimeZone()).toISOString(),
      min_cart_value: [],
      max_discount_value: [],
      max_applications_per_cart: '',
    },
  });

  const createOnce = useSubmission(formName, (fields: CreatePromotionFields, key) => callAction(create, fields, key));

  async function submit(input: CreatePromotionInput) {
    try {
      const { id, repeated } = await createOnce({ ...input, start: input.start.toISOString(), end: input.end.toISOString() });
      router.push(`/promotions/${id}`);
      notifications.show({ message: createdMessage(input, repeated) });
      // Keeps the button disabled until the next page replaces the form.
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
          <FormSection title="Discount" description="The discount type can't be changed later.">
            <DiscountTypeField />
            <DiscountFields />
          </FormSection>
          <FormSection title="How it's applied">
            <AutomaticField codesDescription={`Generate up to ${formatNumber(promotionLimits.defaultMaxCodes)} codes next`} />
          </FormSection>
          <FormSection title="Dates">
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

function createdMessage({ name, automatic }: CreatePromotionInput, repeated: boolean): string {
  if (repeated) return `“${name}” was already created. There is no second one.`;
  return automatic ? `“${name}” created.` : `“${name}” created. Next: generate its codes.`;
}
