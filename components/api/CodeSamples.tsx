'use client';

import { Tabs } from '@mantine/core';
import { CodeBlock } from '#components/api/CodeBlock.tsx';
import { useSampleLanguage } from '#components/api/SampleLanguage.tsx';
import { CopyText } from '#components/ui/CopyText.tsx';
import type { ApiCall } from '#lib/api/describe';
import classes from './code.module.css';

const languages = { curl: 'curl', javascript: 'JavaScript' } as const satisfies Record<keyof ApiCall['samples'], string>;

/** A call to copy, in the language that was chosen last for any of them. */
export function CodeSamples({ samples, of }: { samples: ApiCall['samples']; of: string }) {
  const [language, choose] = useSampleLanguage();
  const shown = language === 'javascript' ? 'javascript' : 'curl';
  return (
    <Tabs value={shown} onChange={choose} keepMountedMode="display-none">
      <div className={classes.head}>
        <Tabs.List aria-label={`“${of}” in`}>
          <Tabs.Tab value="curl">{languages.curl}</Tabs.Tab>
          <Tabs.Tab value="javascript">{languages.javascript}</Tabs.Tab>
        </Tabs.List>
        <CopyText text={samples[shown]} name={`“${of}” for ${languages[shown]}`} />
      </div>
      <Tabs.Panel value="curl">
        <CodeBlock code={samples.curl} />
      </Tabs.Panel>
      <Tabs.Panel value="javascript">
        <CodeBlock code={samples.javascript} />
      </Tabs.Panel>
    </Tabs>
  );
}
