'use client';

import { useSyncExternalStore } from 'react';

const subscribeToNothing = () => () => {};

/** True once React has hydrated the page. Only the browser knows the user's time zone. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    subscribeToNothing,
    () => true,
    () => false,
  );
}
