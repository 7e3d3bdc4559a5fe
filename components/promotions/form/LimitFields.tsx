'use client';

import { useFormContext } from 'react-hook-form';
import { NumberField } from '#components/forms/NumberField.tsx';
import { CurrencyRows } from '#components/promotions/form/CurrencyRows.tsx';
import { FieldConflict } from '#components/promotions/form/FieldConflict.tsx';
import type { PromotionFormValues } from '#components/promotions/form/form-values.ts';
import { promotionLimits } from '#lib/promotions/schema';

/** The optional limits of a promotion. */
export function LimitFields() {
  const { control } = useFormContext<PromotionFormValues>();
  return (
    <>
      <CurrencyRows
        name="min_cart_value"
        of="amount"
        legend="Minimum cart value"
        description="Smaller carts don't qualify"
        addFirst="Add a minimum"
      />
      <FieldConflict name="min_cart_value" />
      <CurrencyRows name="max_discount_value" of="amount" legend="Maximum discount" description="Per cart" addFirst="Add a maximum" />
      <FieldConflict name="max_discount_value" />
      <NumberField
        control={control}
        name="max_applications_per_cart"
        label="Uses per cart"
        description="Leave empty for no limit"
        limits={promotionLimits.applicationsPerCart}
        maw="22rem"
      />
      <FieldConflict name="max_applications_per_cart" />
    </>
  );
}
