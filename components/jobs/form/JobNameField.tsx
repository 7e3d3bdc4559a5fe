import { TextInput } from '@mantine/core';
import { useController } from 'react-hook-form';
import { underLabel } from '#components/forms/under-label.ts';
import type { JobFormControl } from '#components/jobs/form/form-fields.ts';
import { jobLimits } from '#lib/jobs/limits';

/** The name of the job in lists, notifications and files. */
export function JobNameField({ control }: { control: JobFormControl }) {
  const { field, fieldState } = useController({ control, name: 'name' });
  return (
    <TextInput
      {...field}
      value={field.value ?? ''}
      label="Job name"
      placeholder="May newsletter"
      {...underLabel(`Optional. Helps you find it later. Up to ${jobLimits.nameLength} characters.`, fieldState.error?.message)}
      autoComplete="off"
    />
  );
}
