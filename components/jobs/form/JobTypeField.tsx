import { SegmentedControl } from '@mantine/core';
import { useController } from 'react-hook-form';
import type { JobFormControl } from '#components/jobs/form/form-fields.ts';

/** Chooses between generating and exporting codes. Generating is disabled for an automatic promotion. */
export function JobTypeField({ control, automatic }: { control: JobFormControl; automatic: boolean }) {
  const { field } = useController({ control, name: 'job_type' });
  return (
    <SegmentedControl
      {...field}
      aria-label="Job type"
      data={[
        { value: 'code_generate', label: 'Generate codes', disabled: automatic },
        { value: 'code_export', label: 'Export codes' },
      ]}
    />
  );
}
