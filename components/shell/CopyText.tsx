'use client';

import { ActionIcon, Tooltip } from '@mantine/core';
import { useTimeout } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';

const shownForMs = 2_000;

/** Copies a text; `what` names it for who cannot see the icon. */
export function CopyText({ text, what }: { text: string; what: string }) {
  const [copied, setCopied] = useState(false);
  const { start } = useTimeout(() => setCopied(false), shownForMs);
  const label = copied ? 'Copied' : `Copy ${what}`;
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

/** Browsers offer a clipboard over HTTPS only; within a company's network plain HTTP is common, and there a selection is copied. */
async function writeToClipboard(text: string): Promise<boolean> {
  if (window.isSecureContext) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  }
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.style.position = 'fixed';
  field.style.opacity = '0';
  const focused = document.activeElement;
  document.body.append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return copied;
}
