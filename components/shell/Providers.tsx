'use client';

import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { type DefaultOptions, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { z } from 'zod';
import { cssVariables, theme } from '#components/shell/theme.ts';

// zod tests whether it may compile code, which the content security policy would report.
z.config({ jitless: true });

/** Nothing waits for the network to return: a change that the user has given up would still be sent then. */
const defaultOptions: DefaultOptions = {
  queries: { networkMode: 'always', retry: 2, staleTime: 0 },
  mutations: { networkMode: 'always' },
};

declare global {
  // Read by react-remove-scroll, which Mantine's dialogs use.
  var __webpack_nonce__: string | undefined;
}

/** The providers around every page. The content security policy requires the nonce on style elements. */
export function Providers({ nonce, children }: { nonce?: string; children: ReactNode }) {
  // A refresh brings the nonce of another response, but the policy of the first response stays in force.
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
