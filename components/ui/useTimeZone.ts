'use client';

import { useHydrated } from '#components/ui/useHydrated.ts';

/** The time zone of this browser. Only for what is not rendered on the server, which has another one. */
export function ownTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The person's time zone; UTC for what the server renders, and until the browser has taken over from it. */
export function useTimeZone(): string {
  return useHydrated() ? ownTimeZone() : 'UTC';
}
