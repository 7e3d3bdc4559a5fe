import { SegmentedControl, TextInput } from '@mantine/core';
import { useController } from 'react-hook-form';
import { underLabel } from '#components/forms/under-label.ts';
import type { JobFormControl } from '#components/jobs/form-fields.ts';
import { jobLimits } from '#lib/jobs/limits';

/** What the job does. An automatic promotion takes no codes. */
export function JobKind({ control, automatic }: { control: JobFormControl; automatic: boolean }) {
  const { field } = useController({ control, name: 'job_type' });
  return (
    <SegmentedControl
      {...field}
      aria-label="Kind of job"
      data={[
        { value: 'code_generate', label: 'Generate codes', disabled: automatic },
        { value: 'code_export', label: 'Export codes' },
      ]}
    />
  );
}

/** What the job is called in lists, notices and files. */
export function JobName({ control }: { control: JobFormControl }) {
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
