'use client';

import { useComputedColorScheme } from '@mantine/core';
import type { FastifyApiReferenceOptions } from '@scalar/fastify-api-reference';
import Script from 'next/script';
import { useEffect, useRef, useState } from 'react';
import './scalar.css';

type Configuration = FastifyApiReferenceOptions['configuration'];

declare global {
  // The script defines it.
  var Scalar: { createApiReference(element: Element, configuration: Configuration): { destroy(): void } };
}

/** Nothing in it leads to another server: no fonts, telemetry, proxy, assistant or hosted client. */
const configuration = {
  url: '/openapi.json',
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  hideClientButton: true,
  showDeveloperTools: 'never',
  hideDarkModeToggle: true,
  documentDownloadType: 'json',
  defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
  generateOperationSlug: ({ operationId, method, path }) => operationId ?? `${method}${path}`,
} satisfies Configuration;

/** Scalar's API reference of this server, in the color scheme of the dashboard. */
export function ApiReference({ nonce }: { nonce: string | undefined }) {
  const [loaded, setLoaded] = useState(false);
  const colorScheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!loaded || !element.current) return;
    // Scalar reads the scheme only here, so a change of the scheme creates the reference again.
    const reference = globalThis.Scalar.createApiReference(element.current, { ...configuration, forceDarkModeState: colorScheme });
    return () => reference.destroy();
  }, [loaded, colorScheme]);
  return (
    <>
      <Script src="/docs/api/scalar.js" nonce={nonce} onReady={() => setLoaded(true)} />
      <div ref={element} />
    </>
  );
}
