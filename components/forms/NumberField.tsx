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
  /** What is wrong beside what the schema says. */
  problem?: ReactNode;
} & Pick<NumericInputProps, 'label' | 'aria-label' | 'description' | 'placeholder' | 'required' | 'className' | 'maw'> & {
    'data-autofocus'?: boolean;
  };

/** The field for a count or a percentage. The form holds a number, an empty text, or a text that is no number. */
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
      // Where there can be decimals, a phone's number keys may lack the point.
      inputMode={limits.decimals ? 'text' : 'numeric'}
      rightSection={limits.unit}
      rightSectionPointerEvents="none"
    />
  );
}
