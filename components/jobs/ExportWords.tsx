import { Code, Stack, Text } from '@mantine/core';
import { counted } from '#components/jobs/words';
import type { PromotionRoom } from '#lib/jobs/query';

/** What an export will write. */
export function ExportWords({ room }: { room: PromotionRoom }) {
  return (
    <Stack gap="xs">
      <Text size="sm">
        {room.codeCount > 0
          ? `Writes the ${counted(room.codeCount, 'code')} of this promotion to a CSV file, in the order they were made.`
          : 'This promotion has no codes yet: the file will have its header and nothing else.'}
      </Text>
      <Text size="sm" c="dimmed">
        It opens right in a spreadsheet and has the columns <Code>code</Code>, <Code>consume_unit</Code>, <Code>max_uses</Code>,{' '}
        <Code>uses</Code> (uses left; empty is unlimited), <Code>user</Code>, <Code>job</Code>, <Code>created_by</Code> and{' '}
        <Code>created_at</Code>.
      </Text>
    </Stack>
  );
}
