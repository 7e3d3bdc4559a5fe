'use client';

import { ActionIcon, Tooltip } from '@mantine/core';
import { useTimeout } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { writeToClipboard } from '#components/ui/clipboard.ts';

const shownForMs = 2_000;

/** A button that copies a text. `name` names the text for screen readers. */
export function CopyText({ text, name }: { text: string; name: string }) {
  const [copied, setCopied] = useState(false);
  const { start } = useTimeout(() => setCopied(false), shownForMs);
  const label = copied ? 'Copied' : `Copy ${name}`;
  async function copy() {
    setCopied(await writeToClipboard(text));
    start();
  }
  return (
    <Tooltip label={copied ? 'Copied' : 'Copy'} position="top">
      <ActionIcon variant="subtle" color="gray" c={copied ? undefined : 'dimmed'} onClick={copy} aria-label={label}>
        {copied ? <IconCheck size={16} aria-hidden="true" /> : <IconCopy size={16} aria-hidden="true" />}
      </ActionIcon>
    </Tooltip>
  );
}
