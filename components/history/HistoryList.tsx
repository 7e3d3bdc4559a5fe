import { Text } from '@mantine/core';
import { HistoryTable } from '#components/history/HistoryTable.tsx';
import { PageLinks } from '#components/ui/PageLinks.tsx';
import type { HistoryPage } from '#lib/history/query';

type Props = { promotionId: string; history: HistoryPage };

/** All that happened to a promotion, from the newest back to how it was made. */
export function HistoryList({ promotionId, history }: Props) {
  return (
    <>
      <Text size="sm" c="dimmed" mb="md">
        Who changed what and when, and every job that was asked for.
      </Text>
      <HistoryTable history={history} />
      <PageLinks page={history.page} pages={history.pages} href={(page) => `/promotions/${promotionId}/history?page=${page}`} />
    </>
  );
}
