'use client';

import { Tooltip } from '@mantine/core';
import { useTimeZone } from '#components/ui/useTimeZone.ts';
import { formatExactMoment } from '#lib/format/dates';
import { formatTimeAgo } from '#lib/format/duration';

/** Says a moment in full, in the person's time zone. */
export function useExactTime(): (iso: string) => string {
  const timeZone = useTimeZone();
  return (iso) => formatExactMoment(new Date(iso), timeZone);
}

/** How long ago, by the clock that `now` comes from; the exact time on hover and focus. */
export function RelativeTime({ at, now }: { at: string; now: string }) {
  const exact = useExactTime()(at);
  return (
    <Tooltip label={exact} events={{ hover: true, focus: true, touch: true }}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the exact time is there for the keyboard too */}
      <time dateTime={at} tabIndex={0}>
        {formatTimeAgo(at, now)}
      </time>
    </Tooltip>
  );
}
