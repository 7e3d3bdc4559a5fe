import { Text } from '@mantine/core';
import { formatCount } from '#lib/format/number';
import type { PromotionRoom } from '#lib/jobs/list/job-row';

/** What an export will write. */
export function ExportSummary({ room }: { room: PromotionRoom }) {
  return (
    <Text size="sm">
      {room.codeCount > 0
        ? `Writes the ${formatCount(room.codeCount, 'code')} of this promotion to a CSV file, in the order they were created.`
        : 'No codes yet: the file would contain only the header row.'}
    </Text>
  );
}
