import { Alert, Paper, Stack, Title } from '@mantine/core';
import { IconTicketOff } from '@tabler/icons-react';
import { CodeJob, CodeStatusBadge, CodeText, CodeUsage } from '#components/codes/CodeParts.tsx';
import { codesHref } from '#components/codes/hrefs.ts';
import { AnchorLink } from '#components/ui/AnchorLink.tsx';
import { DateTime } from '#components/ui/DateTime.tsx';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import table from '#components/ui/ListTable.module.css';
import type { LookedUp } from '#lib/codes/query';
import { codeStatus } from '#lib/codes/status';
import { formatCount, formatNumber } from '#lib/format/number';
import { noUsesText } from '#lib/redemptions/status';
import classes from './codes.module.css';

/** Returns the number of found codes as text: `1 code found`, `2 of 3 codes found`. */
export function foundText(results: readonly LookedUp[]): string {
  const found = results.filter(({ code }) => code).length;
  return found === results.length
    ? `${formatCount(found, 'code')} found`
    : `${formatNumber(found)} of ${formatCount(results.length, 'code')} found`;
}

/** The results of a search for codes. The codes that do not exist come first. */
export function FoundCodes({ results }: { results: readonly LookedUp[] }) {
  const found = results.filter(({ code }) => code);
  const missing = results.filter(({ code }) => !code).map(({ given }) => given);
  if (found.length === 0) return <NothingFound given={missing} />;
  return (
    <Stack gap="md">
      <Title order={2} size="h4">
        {missing.length === 0
          ? `${formatCount(found.length, 'code')} found`
          : `${formatNumber(found.length)} of ${formatCount(results.length, 'code')} found`}
      </Title>
      {missing.length > 0 && (
        <Alert
          variant="default"
          role="group"
          icon={<IconTicketOff aria-hidden="true" />}
          title={`${formatCount(missing.length, 'code')} not found`}
        >
          <span className={table.wrapped}>{missing.join(', ')}</span>
        </Alert>
      )}
      <Paper className={table.paper}>
        <table className={table.table} aria-label="Codes found">
          <thead>
            <tr>
              <th scope="col">Code</th>
              <th scope="col">Status</th>
              <th scope="col">Uses</th>
              <th scope="col">Promotion</th>
              <th scope="col">Job</th>
              <th scope="col">Created</th>
            </tr>
          </thead>
          <tbody>
            {found.map((result) => (
              <FoundCode key={String(result.code?.id)} {...result} />
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
      <td data-label="Status">
        <div>
          <CodeStatusBadge status={codeStatus(code, promotion.status)} />
        </div>
      </td>
      <td data-label="Uses" className={classes.line}>
        <CodeUsage code={code} />
      </td>
      <td data-label="Promotion">
        <div>
          <AnchorLink href={codesHref(code.promotionId, { search: code.code })} prefetch={false} size="sm" className={table.wrapped}>
            {promotion.name}
          </AnchorLink>
          {!promotion.usesRecorded && <div className={classes.under}>{noUsesText}</div>}
        </div>
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
      title={given.length === 1 ? `Code “${given[0]}” not found` : `None of the ${formatNumber(given.length)} codes was found`}
      description="Dashes and upper or lower case don't matter. The random part of a generated code never contains 0, 1, i, l or o."
    />
  );
}
