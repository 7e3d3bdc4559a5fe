import { Text } from '@mantine/core';
import { HistoryTable } from '#components/history/HistoryTable.tsx';
import { PageLinks } from '#components/ui/PageLinks.tsx';
import type { HistoryPage } from '#lib/history/query';

type Props = { promotionId: string; history: HistoryPage };

/** The changes and jobs of a promotion, newest first. */
export function HistoryList({ promotionId, history }: Props) {
  return (
    <>
      <Text size="sm" c="dimmed" mb="md">
        All changes and jobs, newest first.
      </Text>
      <HistoryTable history={history} />
      <PageLinks page={history.page} pages={history.pages} href={(page) => `/promotions/${promotionId}/history?page=${page}`} />
    </>
  );
}
