'use client';

import { useLinkStatus } from 'next/link';

/**
 * Marks the document while the page of the surrounding link loads, so that the shell can show progress. Pages have no `loading.tsx`,
 * because with one they could not be read without JavaScript.
 */
export function LinkPending() {
  const { pending } = useLinkStatus();
  return pending && <span hidden data-link-pending />;
}
