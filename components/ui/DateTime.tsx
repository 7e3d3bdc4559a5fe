'use client';

import { useTimeZone } from '#components/ui/useTimeZone.ts';
import { showDay, showEnd, showExactMoment, showMoment, showStart } from '#lib/dates';

const formats = { day: showDay, moment: showMoment, start: showStart, end: showEnd };

/** `start` and `end` show the time of day unless the day alone says the same. */
type Props = { value: Date; as?: keyof typeof formats };

/** A moment in the person's time zone, exact on hover. */
export function DateTime({ value, as = 'day' }: Props) {
  const timeZone = useTimeZone();
  return (
    <time dateTime={value.toISOString()} title={showExactMoment(value, timeZone)} style={{ whiteSpace: 'nowrap' }}>
      {formats[as](value, timeZone)}
    </time>
  );
}
