import { Text } from '@mantine/core';
import { formatCount } from '#lib/format/number';
import type { PromotionCapacity } from '#lib/jobs/list/job-row';

/** What an export will write. */
export function ExportSummary({ capacity }: { capacity: PromotionCapacity }) {
  return (
    <Text size="sm">
      {capacity.codeCount > 0
        ? `Writes the ${formatCount(capacity.codeCount, 'code')} of this promotion to a CSV file, in the order they were created.`
        : 'No codes yet: the file would contain only the header row.'}
    </Text>
  );
}
