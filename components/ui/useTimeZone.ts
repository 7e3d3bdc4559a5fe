'use client';

import { useHydrated } from '#components/ui/useHydrated.ts';

/** The time zone of this browser. Only for code that never renders on the server, whose time zone differs. */
export function browserTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The user's time zone. UTC on the server and until the page is hydrated. */
export function useTimeZone(): string {
  return useHydrated() ? browserTimeZone() : 'UTC';
}
