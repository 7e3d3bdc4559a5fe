'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useDidUpdate } from '@mantine/hooks';
import { modals } from '@mantine/modals';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { callAction } from '#components/forms/callAction.ts';
import { FormSection } from '#components/forms/FormSection.tsx';
import { showProblems } from '#components/forms/showProblems.ts';
import type { PromotionActions } from '#components/promotions/actions.ts';
import { AutomaticField } from '#components/promotions/form/AutomaticField.tsx';
import { DiscountFields } from '#components/promotions/form/DiscountFields.tsx';
import {
  asRead,
  type EditableField,
  isInConflict,
  pick,
  readAfterRefresh,
  sameValue,
  touchedFields,
} from '#components/promotions/form/edits.ts';
import { EditsContext } from '#components/promotions/form/FieldConflict.tsx';
import {
  editPromotionForm,
  hasDiscountFields,
  type PromotionFormValues,
  promotionFormValues,
} from '#components/promotions/form/form-values.ts';
import { LimitFields } from '#components/promotions/form/LimitFields.tsx';
import { NameFields } from '#components/promotions/form/NameFields.tsx';
import { ScheduleFields } from '#components/promotions/form/ScheduleFields.tsx';
import { DateTime } from '#components/ui/DateTime.tsx';
import { formatCount, formatNumber } from '#lib/format/number';
import type { PromotionView } from '#lib/promotions/query';
import { promotionLimits, type UpdatePromotionInput } from '#lib/promotions/schema';

const { daysAboveDefault, defaultMaxCodes } = promotionLimits;
const keepErrors = { keepErrors: true, keepIsSubmitted: true };

type Props = {
  promotion: PromotionView;
  /** The user or API client that last changed each field. */
  changedBy: Readonly<Record<string, string>>;
  update: PromotionActions['update'];
};

/**
 * Edits a promotion. The form sends only the fields that were changed here, each with the value that was read. When somebody else
 * has changed such a field meanwhile, the form shows both values until the user chooses one.
 */
export function EditPromotionForm({ promotion, changedBy, update }: Props) {
  const router = useRouter();
  const { id, status, codeCount, maxCodes } = promotion;
  const stored = promotionFormValues(promotion);
  const [read, setRead] = useState(stored);
  const form = useForm<PromotionFormValues, unknown, UpdatePromotionInput>({
    resolver: zodResolver(editPromotionForm(promotion)),
    defaultValues: stored,
  });
  const touched = touchedFields(read, form.watch());
  const discountFields = hasDiscountFields(promotion);
  const endsCodes = status === 'ended' && codeCount > 0;
  const endFixed = endsCodes && codeCount > defaultMaxCodes;

  useDidUpdate(() => {
    const typed = form.getValues();
    const readNow = readAfterRefresh(read, typed, stored);
    const shown = { ...readNow, ...pick(typed, touched) };
    if (!sameValue(shown, typed)) form.reset(shown, keepErrors);
    form.clearErrors(touched.filter((field) => isInConflict(field, { read, typed, stored })));
    setRead(readNow);
  }, [promotion]);

  function settle(field: EditableField, whose: 'mine' | 'theirs') {
    if (whose === 'theirs') form.reset({ ...form.getValues(), [field]: stored[field] }, keepErrors);
    form.clearErrors(field);
    setRead({ ...read, [field]: stored[field] });
  }

  function undo() {
    form.reset(stored);
    setRead(stored);
  }

  async function save(input: UpdatePromotionInput) {
    const sent = pick(form.getValues(), touched);
    const fields = pick({ ...input, start: input.start?.toISOString(), end: input.end?.toISOString() }, touched);
    try {
      const { name } = await callAction(update, {
        promotionId: id,
        ...fields,
        read: { ...pick(asRead(read), touched), ...(endsCodes && { code_count: codeCount }) },
      });
      setRead({ ...read, ...sent });
      notifications.show({ message: `“${name}” saved.` });
    } catch (error) {
      showProblems(error, form.setError);
    }
    router.refresh();
  }

  async function submit(input: UpdatePromotionInput) {
    if (touched.length === 0) return notifications.show({ message: 'No changes to save.' });
    if (!endsCodes || !touched.includes('end')) return save(input);
    modals.openConfirmModal({
      title: `Delete ${formatCount(codeCount, 'code')}?`,
      children: (
        <Text size="sm">
          This promotion has ended. Giving it a new end date restarts it and deletes its {formatCount(codeCount, 'code')}.
        </Text>
      ),
      labels: { confirm: `Save and delete ${formatCount(codeCount, 'code')}`, cancel: 'Cancel' },
      confirmProps: { color: 'red' },
      onConfirm: () => save(input),
    });
  }

  return (
    <FormProvider {...form}>
      <EditsContext value={{ read, stored, changedBy, settle }}>
        <form method="post" noValidate onSubmit={form.handleSubmit(submit)}>
          <Stack>
            <FormSection title="Name and description">
              <NameFields />
            </FormSection>
            <FormSection title="Discount" description={<DiscountNote changeable={discountFields} />}>
              {discountFields ? <DiscountFields /> : <Text size="sm">{promotion.discount}</Text>}
            </FormSection>
            <FormSection title="How it's applied">
              <AutomaticField
                codesDescription="Customers need a code"
                automaticProblem={
                  codeCount > 0 &&
                  `An automatic promotion has no codes. Remove the ${formatCount(codeCount, 'code')} of this promotion first; removed codes stop working.`
                }
              />
            </FormSection>
            <FormSection title="Dates">
              {endsCodes && (
                <Alert color="orange" variant="light" icon={<IconAlertTriangle />} title="This promotion has ended">
                  {endFixed
                    ? `With more than ${formatNumber(defaultMaxCodes)} codes it can't get a new end date. Create a new promotion for new codes.`
                    : `Giving it a new end date restarts it and deletes its ${formatCount(codeCount, 'code')}. To keep a list of them, export them first.`}
                </Alert>
              )}
              <ScheduleFields endDescription={maxCodes > defaultMaxCodes && <LatestEnd promotion={promotion} />} endFixed={endFixed} />
            </FormSection>
            <FormSection title="Limits" description="Optional.">
              <LimitFields />
            </FormSection>
            <Group gap="xs">
              <Button type="submit" size="md" loading={form.formState.isSubmitting}>
                Save changes
              </Button>
              {touched.length > 0 && (
                <Button variant="subtle" color="gray" size="md" onClick={undo}>
                  Undo changes
                </Button>
              )}
            </Group>
          </Stack>
        </form>
      </EditsContext>
    </FormProvider>
  );
}

function DiscountNote({ changeable }: { changeable: boolean }) {
  return (
    <>
      {changeable ? "The discount type can't be changed." : 'This discount can be changed only through the API.'} After a change, existing
      codes, including exported ones, keep working and give the new discount.
    </>
  );
}

function LatestEnd({ promotion: { latestEndAbove1000 } }: { promotion: PromotionView }) {
  return (
    <>
      Must end by <DateTime value={latestEndAbove1000} as="end" /> (promotions over {formatNumber(defaultMaxCodes)} codes last at most{' '}
      {daysAboveDefault} days)
    </>
  );
}
