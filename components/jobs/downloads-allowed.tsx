'use client';

import { createContext, type ReactNode, useContext } from 'react';

const Allowed = createContext(true);

/** Tells the download buttons in `children` whether the user can download exports. The server checks the permission too. */
export function DownloadsAllowed({ value, children }: { value: boolean; children: ReactNode }) {
  return <Allowed value={value}>{children}</Allowed>;
}

/** Returns whether the user can download exports. */
export const useDownloadsAllowed = () => useContext(Allowed);
