import { Paper, Stack, Text, Title } from '@mantine/core';
import { IconTicketOff } from '@tabler/icons-react';
import { CodeText } from '#components/codes/CodeParts.tsx';
import { usesLeftText } from '#components/codes/labels.ts';
import { AnchorLink } from '#components/ui/AnchorLink.tsx';
import { ButtonLink } from '#components/ui/ButtonLink.tsx';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import type { UsesActions } from '#components/uses/actions.ts';
import { CodeUseBadge } from '#components/uses/CodeUseBadge.tsx';
import { usesHref } from '#components/uses/hrefs.ts';
import { RedemptionsTable } from '#components/uses/RedemptionsTable.tsx';
import type { RedemptionList, UsedCode } from '#lib/redemptions/query';
import classes from './uses.module.css';

type Props = {
  promotionId: string;
  /** The code as it was searched for. */
  text: string;
  /** Null when the promotion does not have the code, or not any more. */
  code: UsedCode | null;
  list: RedemptionList;
  giveBack: UsesActions['giveBack'] | null;
};

/** The redemptions of one code, also of a code that was removed. */
export function CodeUses({ promotionId, text, code, list, giveBack }: Props) {
  const { redemptions } = list;
  if (!code && redemptions.length === 0) {
    return (
      <EmptyState
        icon={<IconTicketOff size={28} stroke={1.6} />}
        title={`This promotion has no code “${text}”`}
        description="The code may belong to another promotion, or was removed before anybody used it."
      >
        <ButtonLink href={usesHref(promotionId)} variant="default">
          Show all uses
        </ButtonLink>
      </EmptyState>
    );
  }
  return (
    <Stack gap="lg">
      <Paper component="section" aria-labelledby="code-uses" className={classes.section}>
        <Title order={2} size="h4" id="code-uses">
          Uses of a code
        </Title>
        <CodeText code={code?.code ?? redemptions[0]?.code ?? text} user={code?.user ?? null} />
        <div className={classes.facts}>
          {code ? (
            <>
              <Text size="sm" component="div">
                <CodeUseBadge use={code} />
              </Text>
              <Text size="sm">{usesLeftText(code)}</Text>
            </>
          ) : (
            <Text size="sm">This code was removed. Its redemptions still count for the promotion.</Text>
          )}
          <AnchorLink href={usesHref(promotionId)} size="sm">
            All uses of the promotion
          </AnchorLink>
        </div>
      </Paper>
      {redemptions.length > 0 ? (
        <RedemptionsTable promotionId={promotionId} code={code?.code ?? text} list={list} giveBack={giveBack} />
      ) : (
        <Text size="sm" c="dimmed">
          No redemptions of this code.
        </Text>
      )}
    </Stack>
  );
}
