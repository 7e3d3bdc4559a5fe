'use client';

import { useTimeZone } from '#components/ui/useTimeZone.ts';
import { formatDay, formatEnd, formatExactMoment, formatMoment, formatStart } from '#lib/format/dates';

const formats = { day: formatDay, moment: formatMoment, start: formatStart, end: formatEnd };

/** `start` and `end` leave out the time of day when it is the start or the end of the day. */
type Props = { value: Date; as?: keyof typeof formats };

/** A moment in the user's time zone. The exact time shows on hover. */
export function DateTime({ value, as = 'day' }: Props) {
  const timeZone = useTimeZone();
  return (
    <time dateTime={value.toISOString()} title={formatExactMoment(value, timeZone)} style={{ whiteSpace: 'nowrap' }}>
      {formats[as](value, timeZone)}
    </time>
  );
}
