'use client';

import { Tooltip } from '@mantine/core';
import { useTimeZone } from '#components/ui/useTimeZone.ts';
import { formatExactMoment } from '#lib/format/dates';
import { formatTimeAgo } from '#lib/format/duration';

/** Returns a function that formats a time exactly, in the user's time zone. */
export function useExactTime(): (iso: string) => string {
  const timeZone = useTimeZone();
  return (iso) => formatExactMoment(new Date(iso), timeZone);
}

/** A time as the distance from `now`, which comes from the same clock. Hover and focus show the exact time. */
export function RelativeTime({ at, now }: { at: string; now: string }) {
  const exact = useExactTime()(at);
  return (
    <Tooltip label={exact} events={{ hover: true, focus: true, touch: true }}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keyboard users can show the exact time */}
      <time dateTime={at} tabIndex={0}>
        {formatTimeAgo(at, now)}
      </time>
    </Tooltip>
  );
}
