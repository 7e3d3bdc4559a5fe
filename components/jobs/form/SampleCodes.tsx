'use client';

import { ActionIcon, Group, Text, Tooltip } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { type CSSProperties, useSyncExternalStore } from 'react';
import { sampleCharacters } from '#components/jobs/form/sample-characters.ts';
import { formatCode } from '#lib/codes/generator/alphabet';
import classes from './form.module.css';

/** Three codes of the chosen format. The browser draws them at random; they do not exist. */
export function SampleCodes({ codeLength, prefix }: { codeLength: number; prefix: string }) {
  const characters = useSyncExternalStore(sampleCharacters.subscribe, sampleCharacters.now, sampleCharacters.onServer);
  const length = formatCode('x'.repeat(codeLength), prefix).length;
  return (
    <div>
      <Group justify="space-between" mb={8}>
        <Text size="sm" fw={600} component="h3" m={0}>
          Codes will look like this
        </Text>
        <Tooltip label="Show other codes">
          <ActionIcon variant="subtle" color="gray" onClick={sampleCharacters.drawOthers} aria-label="Show other sample codes">
            <IconRefresh size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Group>
      <ul className={classes.samples} style={{ '--characters': length } as CSSProperties} aria-label="Sample codes">
        {characters.map((drawn, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are fixed, and their codes change
          <li key={index} className={classes.ticket}>
            <span className={classes.code}>{drawn ? formatCode(drawn.slice(0, codeLength), prefix) : placeholder(codeLength, prefix)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function placeholder(codeLength: number, prefix: string): string {
  return formatCode('·'.repeat(codeLength), prefix);
}
