'use client';

import { useSyncExternalStore } from 'react';

const nothingToWatch = () => () => {};

/** Whether the browser has taken over from what the server rendered: only it knows the person's time zone. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    nothingToWatch,
    () => true,
    () => false,
  );
}
