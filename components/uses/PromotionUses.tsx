import { Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconTicketOff } from '@tabler/icons-react';
import { AnchorLink } from '#components/ui/AnchorLink.tsx';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import type { UsesActions } from '#components/uses/actions.ts';
import { RedemptionsTable } from '#components/uses/RedemptionsTable.tsx';
import { UsesByDay } from '#components/uses/UsesByDay.tsx';
import { UsesByJob } from '#components/uses/UsesByJob.tsx';
import { formatNumber } from '#lib/format/number';
import type { RedemptionList, PromotionUses as Uses } from '#lib/redemptions/query';
import { noUsesText } from '#lib/redemptions/status';
import classes from './uses.module.css';

type Props = {
  promotionId: string;
  uses: Uses;
  list: RedemptionList;
  giveBack: UsesActions['giveBack'] | null;
  usedByDay: UsesActions['usedByDay'];
};

/** How often the codes of a promotion are used: in all, by day and by job, and in which orders. */
export function PromotionUses({ promotionId, uses, list, giveBack, usedByDay }: Props) {
  const { recorded, byDay, byJob } = uses;
  if (!recorded) {
    return (
      <EmptyState
        icon={<IconTicketOff size={28} stroke={1.6} />}
        title={noUsesText}
        description={
          <>
            Promint counts the codes that a shop redeems over the API. The{' '}
            <AnchorLink href="/docs/api" prefetch={false}>
              API documentation
            </AnchorLink>{' '}
            describes how.
          </>
        }
      />
    );
  }
  return (
    <Stack gap="lg">
      <Totals uses={uses} />
      {byDay.length > 0 && <UsesByDay promotionId={promotionId} inUtc={byDay} usedByDay={usedByDay} />}
      {byJob.length > 0 && (
        <Stack component="section" gap="sm">
          <Title order={2} size="h4">
            By job
          </Title>
          <UsesByJob promotionId={promotionId} byJob={byJob} />
        </Stack>
      )}
      <Stack component="section" gap="sm">
        <Title order={2} size="h4">
          Latest redemptions
        </Title>
        <RedemptionsTable promotionId={promotionId} list={list} giveBack={giveBack} />
      </Stack>
    </Stack>
  );
}

function Totals({ uses: { used, usedCodes, codeCount } }: { uses: Uses }) {
  return (
    <Paper component="section" aria-label="In all" className={classes.section}>
      <SimpleGrid cols={2}>
        <div>
          <Text size="xs" c="dimmed">
            Uses
          </Text>
          <Text className={classes.total}>{formatNumber(used)}</Text>
        </div>
        {usedCodes !== null && (
          <div>
            <Text size="xs" c="dimmed">
              Codes used
            </Text>
            <Text className={classes.total}>
              {formatNumber(usedCodes)} <span className={classes.of}>of {formatNumber(codeCount)}</span>
            </Text>
          </div>
        )}
      </SimpleGrid>
    </Paper>
  );
}
