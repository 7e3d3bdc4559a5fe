'use client';

import type { ReactNode } from 'react';
import { type Control, type FieldPath, type FieldValues, useController } from 'react-hook-form';
import { NumericInput, type NumericInputProps } from '#components/forms/NumericInput.tsx';
import { formatNumber } from '#lib/format/number';
import { type NumberLimits, readNumber } from '#lib/input/numbers';

type Props<Fields extends FieldValues, Context, Output> = {
  control: Control<Fields, Context, Output>;
  name: FieldPath<Fields>;
  limits: NumberLimits;
  /** A problem that the schema does not report. */
  problem?: ReactNode;
} & Pick<NumericInputProps, 'label' | 'aria-label' | 'description' | 'placeholder' | 'required' | 'className' | 'maw'> & {
    'data-autofocus'?: boolean;
  };

/** A field for a count or a percentage. Its form value is a number, an empty text, or the text when that is not a number. */
export function NumberField<Fields extends FieldValues, Context, Output>(props: Props<Fields, Context, Output>) {
  const { control, name, limits, problem, ...input } = props;
  const { field, fieldState } = useController({ control, name });
  const { onChange, ...registered } = field;
  return (
    <NumericInput
      {...input}
      {...registered}
      onValue={onChange}
      error={fieldState.error?.message ?? problem}
      read={(typed) => readNumber(typed, limits)}
      show={formatNumber}
      // The numeric keyboard of some phones has no decimal point.
      inputMode={limits.decimals ? 'text' : 'numeric'}
      rightSection={limits.unit}
      rightSectionPointerEvents="none"
    />
  );
}
