import { Checkbox, Stack } from '@mantine/core';
import { useController } from 'react-hook-form';
import { columnMeanings } from '#components/exports/labels.ts';
import type { JobFormControl } from '#components/jobs/form/form-fields.ts';
import { extraExportColumns } from '#lib/exports/schema';

/** The columns of an export file that somebody can choose in addition. */
export function ExtraColumnsField({ control }: { control: JobFormControl }) {
  const { field, fieldState } = useController({ control, name: 'parameters.extra_columns' });
  const chosen = field.value ?? [];
  return (
    <Checkbox.Group
      label="More columns"
      value={chosen}
      onChange={(values) => field.onChange(extraExportColumns.filter((column) => values.includes(column)))}
      error={fieldState.error?.message}
    >
      <Stack gap="xs" mt="xs">
        {extraExportColumns.map((column) => (
          <Checkbox key={column} value={column} label={column} description={columnMeanings[column]} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
