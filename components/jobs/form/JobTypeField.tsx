import { SegmentedControl } from '@mantine/core';
import { useController } from 'react-hook-form';
import type { JobFormControl } from '#components/jobs/form/form-fields.ts';

/** What the job does. An automatic promotion takes no codes. */
export function JobTypeField({ control, automatic }: { control: JobFormControl; automatic: boolean }) {
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
