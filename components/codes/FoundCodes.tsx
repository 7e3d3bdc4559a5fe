import { Alert, Paper, Stack, Title } from '@mantine/core';
import { IconTicketOff } from '@tabler/icons-react';
import { CodeJob, CodeStatusBadge, CodeText } from '#components/codes/CodeParts.tsx';
import { codesHref } from '#components/codes/hrefs.ts';
import { usesInNumbers } from '#components/codes/labels.ts';
import { AnchorLink } from '#components/ui/AnchorLink.tsx';
import { DateTime } from '#components/ui/DateTime.tsx';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import table from '#components/ui/ListTable.module.css';
import type { LookedUp } from '#lib/codes/query';
import { codeStatus } from '#lib/codes/status';
import { formatCount, formatNumber } from '#lib/format/number';
import classes from './codes.module.css';

/** `1 code found`, `2 of 3 codes found`. */
export function foundInWords(answers: readonly LookedUp[]): string {
  const found = answers.filter(({ code }) => code).length;
  return found === answers.length
    ? `${formatCount(found, 'code')} found`
    : `${formatNumber(found)} of ${formatCount(answers.length, 'code')} found`;
}

/** What became of the codes that somebody looked for, those that nobody has first. */
export function FoundCodes({ answers }: { answers: readonly LookedUp[] }) {
  const found = answers.filter(({ code }) => code);
  const missing = answers.filter(({ code }) => !code).map(({ given }) => given);
  if (found.length === 0) return <NothingFound given={missing} />;
  return (
    <Stack gap="md">
      <Title order={2} size="h4">
        {missing.length === 0
          ? `${formatCount(found.length, 'code')} found`
          : `${formatNumber(found.length)} of ${formatCount(answers.length, 'code')} found`}
      </Title>
      {missing.length > 0 && (
        <Alert
          variant="default"
          role="group"
          icon={<IconTicketOff aria-hidden="true" />}
          title={`${formatCount(missing.length, 'code')} in no promotion`}
        >
          <span className={table.wrapped}>{missing.join(', ')}</span>
        </Alert>
      )}
      <Paper className={table.paper}>
        <table className={table.table} aria-label="Codes found">
          <thead>
            <tr>
              <th scope="col">Code</th>
              <th scope="col">State</th>
              <th scope="col">Uses left</th>
              <th scope="col">Promotion</th>
              <th scope="col">Job</th>
              <th scope="col">Created</th>
            </tr>
          </thead>
          <tbody>
            {found.map((answer) => (
              <FoundCode key={String(answer.code?.id)} {...answer} />
            ))}
          </tbody>
        </table>
      </Paper>
    </Stack>
  );
}

function FoundCode({ code, promotion }: LookedUp) {
  if (!code || !promotion) return null;
  return (
    <tr>
      <th scope="row">
        <CodeText {...code} />
      </th>
      <td data-label="State">
        <div>
          <CodeStatusBadge status={codeStatus(code, promotion.status)} />
        </div>
      </td>
      <td data-label="Uses left" className={classes.line}>
        {usesInNumbers(code)}
      </td>
      <td data-label="Promotion">
        <AnchorLink href={codesHref(code.promotionId, { search: code.code })} prefetch={false} size="sm" className={table.wrapped}>
          {promotion.name}
        </AnchorLink>
      </td>
      <td data-label="Job">
        <CodeJob {...code} />
      </td>
      <td data-label="Created">
        <DateTime value={code.createdAt} />
      </td>
    </tr>
  );
}

function NothingFound({ given }: { given: string[] }) {
  return (
    <EmptyState
      icon={<IconTicketOff size={28} stroke={1.6} />}
      title={
        given.length === 1 ? `No promotion has the code “${given[0]}”` : `None of the ${formatNumber(given.length)} codes is in a promotion`
      }
      description="Dashes and upper or lower case don't matter. The random part of a generated code never contains 0, 1, i, l or o."
    />
  );
}
