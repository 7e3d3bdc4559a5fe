'use client';

import { type Control, type FieldPath, type FieldValues, useController } from 'react-hook-form';
import { NumericInput } from '#components/forms/NumericInput.tsx';
import { formatAmount } from '#lib/format/money';
import { readMoney } from '#lib/input/money';

type Props<Fields extends FieldValues, Context, Output> = {
  control: Control<Fields, Context, Output>;
  name: FieldPath<Fields>;
  currency: string;
  className?: string;
};

/** A field for an amount of money. Its form value is in the currency's smallest unit, null when empty, or the text when that is not an amount. */
export function MoneyField<Fields extends FieldValues, Context, Output>(props: Props<Fields, Context, Output>) {
  const { control, name, currency, className } = props;
  const { field, fieldState } = useController({ control, name });
  const { onChange, ...registered } = field;
  return (
    <NumericInput
      {...registered}
      className={className}
      aria-label={`Amount in ${currency}`}
      placeholder={formatAmount(0, currency)}
      onValue={(amount) => onChange(amount === '' ? null : amount)}
      error={fieldState.error?.message}
      read={(typed) => readMoney(typed, currency)}
      show={(amount) => formatAmount(amount, currency)}
    />
  );
}
