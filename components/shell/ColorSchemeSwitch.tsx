'use client';

import { type MantineColorScheme, SegmentedControl, useMantineColorScheme } from '@mantine/core';

const schemes: { value: MantineColorScheme; label: string }[] = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'auto', label: 'Auto' },
];

/** The choice between light, dark and the system's color scheme. The browser remembers it. */
export function ColorSchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return <SegmentedControl fullWidth size="xs" aria-label="Appearance" data={schemes} value={colorScheme} onChange={setColorScheme} />;
}
