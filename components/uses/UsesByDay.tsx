'use client';

import { Paper, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import table from '#components/ui/ListTable.module.css';
import { useTimeZone } from '#components/ui/useTimeZone.ts';
import type { UsesActions } from '#components/uses/actions.ts';
import { fillDays, mostDays } from '#components/uses/calendar.ts';
import { unwrap } from '#lib/action-result';
import { formatDay } from '#lib/format/dates';
import { formatCount, formatNumber } from '#lib/format/number';
import type { UsedByDay } from '#lib/redemptions/query';
import classes from './uses.module.css';

type Props = { promotionId: string; inUtc: UsedByDay; usedByDay: UsesActions['usedByDay'] };

/** The uses of a promotion by day: a chart, and its numbers as a table. The days are those of the user's time zone once they are loaded. */
export function UsesByDay({ promotionId, inUtc, usedByDay }: Props) {
  const timeZone = useTimeZone();
  const { data } = useQuery({
    queryKey: ['used by day', promotionId, timeZone, inUtc],
    queryFn: () => unwrap(usedByDay({ promotion_id: promotionId, time_zone: timeZone })),
    enabled: timeZone !== 'UTC',
  });
  const days = fillDays(data ?? inUtc);
  const zone = data ? timeZone : 'UTC';
  return (
    <Paper component="section" aria-labelledby="by-day" className={classes.section}>
      <Title order={2} size="h4" id="by-day">
        By day
      </Title>
      <Chart days={days} />
      <details className={classes.numbers}>
        <summary>Show as a table</summary>
        <table className={table.table} aria-label="Uses by day">
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col" className={table.number}>
                Uses
              </th>
            </tr>
          </thead>
          <tbody>
            {days.toReversed().map(({ day, used }) => (
              <tr key={day} className={classes.pair}>
                <th scope="row">{dayText(day)}</th>
                <td className={table.number}>{formatNumber(used)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
      <Text size="xs" c="dimmed">
        Days in {zone.replaceAll('_', ' ')}, from the first to the last use; at most the latest {mostDays}.
      </Text>
    </Paper>
  );
}

const dayText = (day: string) => formatDay(new Date(day), 'UTC');
const height = 100;
const barWidth = 10;

function Chart({ days }: { days: UsedByDay }) {
  const [first, last] = [days.at(0), days.at(-1)];
  if (!first || !last) return null;
  const most = Math.max(...days.map(({ used }) => used));
  const total = days.reduce((sum, { used }) => sum + used, 0);
  return (
    <div className={classes.chart}>
      <Text size="xs" c="dimmed" aria-hidden="true">
        {formatNumber(most)}
      </Text>
      <svg
        viewBox={`0 0 ${days.length * barWidth} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${formatCount(total, 'use')} from ${dayText(first.day)} to ${dayText(last.day)}, at most ${formatNumber(most)} a day`}
      >
        {days.map(({ day, used }, n) => (
          <rect key={day} x={n * barWidth + 1} width={barWidth - 2} y={height - (used / most) * height} height={(used / most) * height}>
            <title>{`${dayText(day)}: ${formatCount(used, 'use')}`}</title>
          </rect>
        ))}
      </svg>
      <div className={classes.axis} aria-hidden="true">
        <span>{dayText(first.day)}</span>
        {days.length > 1 && <span>{dayText(last.day)}</span>}
      </div>
    </div>
  );
}
