'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { FormProvider, useForm } from 'react-hook-form';
import type { PromotionActions } from '#components/promotions/actions';
import { editPromotionForm, emptyRow, type PromotionFormValues } from '#components/promotions/form-values';
import { LimitFields } from '#components/promotions/LimitFields';
import { NameFields } from '#components/promotions/NameFields';
import { WhenFields } from '#components/promotions/WhenFields';
import { codesInWords } from '#components/promotions/words';
import { DateTime } from '#components/shell/DateTime';
import { FormSection } from '#components/shell/FormSection';
import { showProblems } from '#components/shell/showProblems';
import { unwrap } from '#lib/action-result';
import { showNumber } from '#lib/numbers';
import type { PromotionView } from '#lib/promotions/query';
import { promotionLimits, type UpdatePromotionInput } from '#lib/promotions/schema';

const { daysAboveDefault, defaultMaxCodes } = promotionLimits;
const forgetChanges = { keepDirtyValues: false };

/** Changes what may change of a promotion. */
export function EditPromotionForm({ promotion, update }: { promotion: PromotionView; update: PromotionActions['update'] }) {
  const router = useRouter();
  const { id, status, codeCount, maxCodes } = promotion;
  const form = useForm<PromotionFormValues, unknown, UpdatePromotionInput>({
    resolver: zodResolver(editPromotionForm(id)),
    values: formValues(promotion),
    // The switch above the form refreshes the promotion; what is typed here stays.
    resetOptions: { keepDirtyValues: true },
  });
  const endsCodes = status === 'ended' && codeCount > 0;
  const endFixed = endsCodes && codeCount > defaultMaxCodes;

  async function save(input: UpdatePromotionInput) {
    try {
      const { name } = await unwrap(update({ ...input, start: input.start?.toISOString(), end: input.end?.toISOString() }));
      form.reset(form.getValues(), forgetChanges);
      router.refresh();
      notifications.show({ message: `“${name}” is saved.` });
    } catch (error) {
      showProblems(error, form.setError);
    }
  }

  async function submit(input: UpdatePromotionInput) {
    if (!endsCodes || input.end?.getTime() === promotion.end.getTime()) return save(input);
    modals.openConfirmModal({
      title: `Delete ${codesInWords(codeCount)}?`,
      children: <Text size="sm">The promotion has ended. With a new end it starts over, and the codes it has are deleted.</Text>,
      labels: { confirm: `Save, and delete ${codesInWords(codeCount)}`, cancel: 'Go back' },
      confirmProps: { color: 'red' },
      onConfirm: () => save(input),
    });
  }

  return (
    <FormProvider {...form}>
      <form method="post" noValidate onSubmit={form.handleSubmit(submit)}>
        <Stack>
          <FormSection title="Name and description">
            <NameFields />
          </FormSection>
          <FormSection title="When">
            {endsCodes && (
              <Alert color="orange" variant="light" icon={<IconAlertTriangle />} title="This promotion has ended">
                {endFixed
                  ? `With more than ${showNumber(defaultMaxCodes)} codes it cannot get a new end. Duplicate it, and give the copy new dates.`
                  : `A new end deletes its ${codesInWords(codeCount)}. To keep them, duplicate it instead.`}
              </Alert>
            )}
            <WhenFields endDescription={maxCodes > defaultMaxCodes && <LatestEnd promotion={promotion} />} endFixed={endFixed} />
          </FormSection>
          <FormSection title="Limits" description="Optional.">
            <LimitFields />
          </FormSection>
          <Group gap="xs">
            <Button type="submit" size="md" loading={form.formState.isSubmitting}>
              Save changes
            </Button>
            {form.formState.isDirty && (
              <Button variant="subtle" color="gray" size="md" onClick={() => form.reset(formValues(promotion), forgetChanges)}>
                Undo changes
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </FormProvider>
  );
}

function LatestEnd({ promotion: { latestEndAbove1000 } }: { promotion: PromotionView }) {
  return (
    <>
      Must end by <DateTime value={latestEndAbove1000} as="end" /> (promotions over {showNumber(defaultMaxCodes)} codes last at most{' '}
      {daysAboveDefault} days)
    </>
  );
}

function formValues(promotion: PromotionView): PromotionFormValues {
  const rows = (amounts: PromotionView['minCartValue']) => amounts.map((row) => ({ ...emptyRow(row.currency), ...row }));
  return {
    name: promotion.name,
    description: promotion.description,
    enabled: promotion.enabled,
    start: promotion.start.toISOString(),
    end: promotion.end.toISOString(),
    min_cart_value: rows(promotion.minCartValue),
    max_discount_value: rows(promotion.maxDiscountValue),
    max_applications_per_cart: promotion.maxApplicationsPerCart ?? '',
    // What cannot change: shown elsewhere, and not sent.
    automatic: promotion.automatic,
    promotion_type: 'percent_discount',
    schema: { currencies: promotion.currencies.map(emptyRow), targets: 'all', percent: '' },
  };
}
