'use client';

import { Alert, Paper } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { IconWifiOff } from '@tabler/icons-react';
import classes from './OfflineBanner.module.css';

/** Tells that the browser has no network: lists stand still, and nothing can be sent. It lies over the page, so that nothing moves. */
export function OfflineBanner() {
  const { online } = useNetwork();
  return (
    <div role="status" className={classes.banner}>
      {!online && (
        <Paper shadow="md" withBorder={false}>
          <Alert color="orange" icon={<IconWifiOff aria-hidden />} title="You are offline">
            This page may be out of date. Changes made now are not sent later: make them again when you are back online.
          </Alert>
        </Paper>
      )}
    </div>
  );
}
