import { NumberInput, type NumberInputProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useController } from 'react-hook-form';
import { type JobFormControl, type JobFormField, underLabel } from '#components/jobs/form-fields';

type Props = {
  control: JobFormControl;
  name: Extract<JobFormField, 'parameters.number_of_codes' | 'parameters.code_length' | 'parameters.max_uses_per_code'>;
  label: string;
  description: ReactNode;
  /** What is wrong beside what the schema says. */
  problem?: ReactNode;
} & Pick<NumberInputProps, 'placeholder' | 'required' | 'min' | 'max' | 'hideControls'>;

/**
 * A number that is a number, or empty. It takes what is typed as it is, so that a wrong
 * one is told and not bent into a right one.
 */
export function NumberField({ control, name, description, problem, ...input }: Props) {
  const { field, fieldState } = useController({ control, name });
  return (
    <NumberInput
      {...input}
      {...field}
      value={field.value ?? ''}
      {...underLabel(description, fieldState.error?.message ?? problem)}
      thousandSeparator=","
      allowedDecimalSeparators={['.']}
      clampBehavior="none"
      selectAllOnFocus
      inputMode="numeric"
      autoComplete="off"
    />
  );
}
