'use client';

import { useTimeZone } from '#components/ui/useTimeZone.ts';
import { formatDay, formatEnd, formatExactMoment, formatMoment, formatStart } from '#lib/format/dates';

const formats = { day: formatDay, moment: formatMoment, start: formatStart, end: formatEnd };

/** `start` and `end` show the time of day unless the day alone says the same. */
type Props = { value: Date; as?: keyof typeof formats };

/** A moment in the person's time zone, exact on hover. */
export function DateTime({ value, as = 'day' }: Props) {
  const timeZone = useTimeZone();
  return (
    <time dateTime={value.toISOString()} title={formatExactMoment(value, timeZone)} style={{ whiteSpace: 'nowrap' }}>
      {formats[as](value, timeZone)}
    </time>
  );
}
