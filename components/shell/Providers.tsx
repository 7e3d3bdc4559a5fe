'use client';

import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { type DefaultOptions, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { z } from 'zod';
import { cssVariables, theme } from '#components/shell/theme.ts';

// zod would try whether it may compile code, which the content security policy reports.
z.config({ jitless: true });

/** Nothing waits for the network to come back: a change that was given up by then would still be made. */
const defaultOptions: DefaultOptions = {
  queries: { networkMode: 'always', retry: 2, staleTime: 0 },
  mutations: { networkMode: 'always' },
};

declare global {
  // What react-remove-scroll, under Mantine's dialogs, looks for.
  var __webpack_nonce__: string | undefined;
}

/** What every page stands in. The nonce lets style elements through the content security policy. */
export function Providers({ nonce, children }: { nonce?: string; children: ReactNode }) {
  // A refresh brings the nonce of another answer; the page's policy stays that of the first.
  const [firstNonce] = useState(nonce);
  if (typeof window !== 'undefined') globalThis.__webpack_nonce__ = firstNonce;
  const [queryClient] = useState(() => new QueryClient({ defaultOptions }));
  return (
    <QueryClientProvider client={queryClient}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto" getStyleNonce={() => firstNonce ?? ''}>
        <ModalsProvider>
          <Notifications position="bottom-right" />
          {children}
        </ModalsProvider>
      </MantineProvider>
    </QueryClientProvider>
  );
}
