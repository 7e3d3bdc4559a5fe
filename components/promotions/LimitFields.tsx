'use client';

import { NumberInput } from '@mantine/core';
import { Controller, useFormContext } from 'react-hook-form';
import { CurrencyRows } from '#components/promotions/CurrencyRows';
import type { PromotionFormValues } from '#components/promotions/form-values';

/** What keeps a promotion from giving too much; all of it may be left empty. */
export function LimitFields() {
  const { control } = useFormContext<PromotionFormValues>();
  return (
    <>
      <CurrencyRows name="min_cart_value" of="amount" legend="Cart from" description="Smaller carts get nothing" optional />
      <CurrencyRows name="max_discount_value" of="amount" legend="Discount up to" description="The most that one cart gets" optional />
      <Controller
        control={control}
        name="max_applications_per_cart"
        render={({ field, fieldState }) => (
          <NumberInput
            {...field}
            label="Times a cart"
            description="How often it counts in one cart: 1 or more, empty for no limit"
            error={fieldState.error?.message}
            allowDecimal={false}
            allowNegative={false}
            maw="16rem"
          />
        )}
      />
    </>
  );
}
