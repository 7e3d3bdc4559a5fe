'use client';

import { Tooltip } from '@mantine/core';
import { ago } from '#components/jobs/words';
import { useInBrowser } from '#components/shell/useInBrowser';

const exactly = {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
} as const;

/** Says a moment in full: in the reader's time zone once the browser has the page, in UTC before. */
export function useExactTime(): (iso: string) => string {
  const timeZone = useInBrowser() ? undefined : 'UTC';
  const format = new Intl.DateTimeFormat('en-GB', { ...exactly, hourCycle: 'h23', timeZone });
  return (iso) => format.format(new Date(iso));
}

/** How long ago, by the clock that `now` comes from; the exact time on hover and focus. */
export function When({ at, now }: { at: string; now: string }) {
  const exact = useExactTime()(at);
  return (
    <Tooltip label={exact} events={{ hover: true, focus: true, touch: true }}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the exact time is there for the keyboard too */}
      <time dateTime={at} tabIndex={0}>
        {ago(at, now)}
      </time>
    </Tooltip>
  );
}
