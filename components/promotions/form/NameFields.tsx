'use client';

import { Textarea, TextInput } from '@mantine/core';
import { useFormContext } from 'react-hook-form';
import { FieldConflict } from '#components/promotions/form/FieldConflict.tsx';
import type { PromotionFormValues } from '#components/promotions/form/form-values.ts';
import { formatNumber } from '#lib/format/number';
import { promotionLimits } from '#lib/promotions/schema';

const { nameLength, descriptionLength } = promotionLimits;

/** The name and the description of a promotion. */
export function NameFields() {
  const { register, formState } = useFormContext<PromotionFormValues>();
  return (
    <>
      <TextInput
        {...register('name')}
        defaultValue={formState.defaultValues?.name}
        label="Name"
        description={`Shown to your colleagues. Up to ${nameLength} characters.`}
        placeholder="Summer newsletter"
        autoComplete="off"
        error={formState.errors.name?.message}
      />
      <FieldConflict name="name" />
      <Textarea
        {...register('description')}
        defaultValue={formState.defaultValues?.description}
        label="Description"
        description={`Optional, for your colleagues. Up to ${formatNumber(descriptionLength)} characters.`}
        autosize
        minRows={2}
        maxRows={8}
        error={formState.errors.description?.message}
      />
      <FieldConflict name="description" />
    </>
  );
}
