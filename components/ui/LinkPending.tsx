'use client';

import { useLinkStatus } from 'next/link';

/**
 * Stands in a link. While its page is on the way it marks the document, and the shell shows that something
 * moves. Pages have no `loading.tsx`: with one, nothing could be read without JavaScript.
 */
export function LinkPending() {
  const { pending } = useLinkStatus();
  return pending && <span hidden data-link-pending />;
}
