'use client';

import { createContext, type ReactNode, useContext } from 'react';

const Allowed = createContext(true);

/** Tells every download button below whether this person can download exports. The server checks it anyway. */
export function DownloadsAllowed({ value, children }: { value: boolean; children: ReactNode }) {
  return <Allowed value={value}>{children}</Allowed>;
}

/** Whether the person can download exports. */
export const useDownloadsAllowed = () => useContext(Allowed);
