'use client';

import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { z } from 'zod';
import { cssVariables, theme } from '#components/shell/theme';

// zod would try whether it may compile code, which the content security policy reports.
z.config({ jitless: true });

declare global {
  // What react-remove-scroll, under Mantine's dialogs, looks for.
  var __webpack_nonce__: string | undefined;
}

/** What every page stands in. The nonce lets style elements through the content security policy. */
export function Providers({ nonce, children }: { nonce?: string; children: ReactNode }) {
  // A refresh brings the nonce of another answer; the page's policy stays that of the first.
  const [firstNonce] = useState(nonce);
  if (typeof window !== 'undefined') globalThis.__webpack_nonce__ = firstNonce;
  const [queryClient] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: 2, staleTime: 0 } } }));
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
