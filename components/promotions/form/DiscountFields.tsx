'use client';

import { Radio, TagsInput } from '@mantine/core';
import { Controller, useFormContext } from 'react-hook-form';
import { RadioCard, RadioCards } from '#components/forms/RadioCards.tsx';
import { CurrencyRows, PercentageField, percentageLimits } from '#components/promotions/form/CurrencyRows.tsx';
import { FieldConflict } from '#components/promotions/form/FieldConflict.tsx';
import type { PromotionFormValues } from '#components/promotions/form/form-values.ts';

const types: { value: PromotionFormValues['promotion_type']; title: string; description: string }[] = [
  { value: 'percent_discount', title: 'Percentage off the cart', description: '10% off everything in it' },
  { value: 'fixed_discount', title: 'Amount off the cart', description: '$5.00 off, whatever is in it' },
  { value: 'item_percent_discount', title: 'Percentage off items', description: '25% off all or some items' },
];

/** The discount type. It can't change after creation. */
export function DiscountTypeField() {
  const { control } = useFormContext<PromotionFormValues>();
  return (
    <Controller
      control={control}
      name="promotion_type"
      render={({ field: { ref: _ref, ...field }, fieldState }) => (
        <Radio.Group {...field} label="Discount type" error={fieldState.error?.message}>
          <RadioCards>
            {types.map((each) => (
              <RadioCard key={each.value} {...each} />
            ))}
          </RadioCards>
        </Radio.Group>
      )}
    />
  );
}

/** The values of the discount: amounts or percentages, currencies and items, as the chosen type needs them. */
export function DiscountFields() {
  const type = useFormContext<PromotionFormValues>().watch('promotion_type');
  return (
    <>
      {type === 'fixed_discount' && (
        <CurrencyRows name="schema.currencies" of="amount" legend="Amount off" description="Add one per currency" />
      )}
      {type === 'percent_discount' && (
        <CurrencyRows
          name="schema.currencies"
          of="percentage"
          legend="Percentage off"
          description={`${percentageLimits}. Add one per currency.`}
        />
      )}
      {type === 'item_percent_discount' && (
        <>
          <PercentageField name="schema.percent" label="Percentage off" />
          <TargetsField />
        </>
      )}
      <FieldConflict name="schema" />
    </>
  );
}

function TargetsField() {
  const { control } = useFormContext<PromotionFormValues>();
  return (
    <Controller
      control={control}
      name="schema.targets"
      render={({ field: { value, onChange, ref, ...field }, fieldState }) => (
        <>
          <Radio.Group
            label="Items"
            value={value === 'all' ? 'all' : 'some'}
            onChange={(chosen) => onChange(chosen === 'all' ? 'all' : [])}
          >
            <RadioCards>
              <RadioCard value="all" title="All items" description="Everything the shop sells" />
              <RadioCard value="some" title="Some items" description="Only the SKUs you list" />
            </RadioCards>
          </Radio.Group>
          {value !== 'all' && (
            <TagsInput
              {...field}
              ref={ref}
              label="SKUs"
              description="Up to 1,000. Enter each SKU and press Enter, or paste a list."
              placeholder={value.length === 0 ? 'mug-green, mug-white' : undefined}
              splitChars={[',', ';', '\n', '\t', ' ']}
              value={value}
              onChange={onChange}
              error={fieldState.error?.message}
              clearable
              acceptValueOnBlur
            />
          )}
        </>
      )}
    />
  );
}
