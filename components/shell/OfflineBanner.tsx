'use client';

import { Alert, Paper } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { IconWifiOff } from '@tabler/icons-react';
import classes from './OfflineBanner.module.css';

/** Shown while the browser is offline. It overlays the page, so that the layout does not jump. */
export function OfflineBanner() {
  const { online } = useNetwork();
  return (
    <div role="status" className={classes.banner}>
      {!online && (
        <Paper shadow="md" withBorder={false}>
          <Alert color="orange" icon={<IconWifiOff aria-hidden />} title="You're offline">
            This page may be out of date. Changes you make now are not saved. Make them again when you're back online.
          </Alert>
        </Paper>
      )}
    </div>
  );
}
