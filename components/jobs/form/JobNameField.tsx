import { TextInput } from '@mantine/core';
import { useController } from 'react-hook-form';
import { underLabel } from '#components/forms/under-label.ts';
import type { JobFormControl } from '#components/jobs/form/form-fields.ts';
import { jobLimits } from '#lib/jobs/limits';

/** What the job is called in lists, notices and files. */
export function JobNameField({ control }: { control: JobFormControl }) {
  const { field, fieldState } = useController({ control, name: 'name' });
  return (
    <TextInput
      {...field}
      value={field.value ?? ''}
      label="Name of the job"
      placeholder="Newsletter in May"
      {...underLabel(`Up to ${jobLimits.nameLength} characters, to find it again; optional`, fieldState.error?.message)}
      autoComplete="off"
    />
  );
}
