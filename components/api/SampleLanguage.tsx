'use client';

import { createContext, type ReactNode, useContext, useState } from 'react';

type Chosen = [language: string, choose: (language: string | null) => void];

const Language = createContext<Chosen>(['curl', () => {}]);

/** All samples within are in one language: who chooses another for one call chooses it for all. */
export function SampleLanguage({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState('curl');
  return <Language value={[language, (chosen) => chosen && setLanguage(chosen)]}>{children}</Language>;
}

export function useSampleLanguage(): Chosen {
  return useContext(Language);
}
