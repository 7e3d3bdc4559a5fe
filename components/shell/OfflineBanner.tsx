'use client';

import { Alert } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { IconWifiOff } from '@tabler/icons-react';

/** Says so while the browser has no network: lists stand still, and nothing can be sent. */
export function OfflineBanner() {
  const { online } = useNetwork();
  return (
    <div role="status">
      {!online && (
        <Alert color="orange" icon={<IconWifiOff aria-hidden />} title="You are offline" mb="md">
          This page may be out of date. Changes made now are not sent later: make them again when you are back online.
        </Alert>
      )}
    </div>
  );
}
