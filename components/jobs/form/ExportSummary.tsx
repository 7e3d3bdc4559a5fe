import { Text } from '@mantine/core';
import { formatCount } from '#lib/format/number';
import type { PromotionCapacity } from '#lib/jobs/list/job-row';

/** States how many codes an export will write. */
export function ExportSummary({ promotion }: { promotion: PromotionCapacity }) {
  return (
    <Text size="sm">
      {promotion.codeCount > 0
        ? `Writes the ${formatCount(promotion.codeCount, 'code')} of this promotion to a CSV file, in the order they were created.`
        : 'No codes yet: the file would contain only the header row.'}
    </Text>
  );
}
