'use client';

import { Tabs } from '@mantine/core';
import { CodeBlock } from '#components/api/CodeBlock';
import { useSampleLanguage } from '#components/api/SampleLanguage';
import type { ApiCall } from '#lib/api/describe';

const languages = { curl: 'curl', javascript: 'JavaScript' } as const satisfies Record<keyof ApiCall['samples'], string>;

/** A call to copy, in the language that was chosen last for any of them. */
export function CodeSamples({ samples, of }: { samples: ApiCall['samples']; of: string }) {
  const [language, choose] = useSampleLanguage();
  return (
    <Tabs value={language} onChange={choose} keepMountedMode="display-none">
      <Tabs.List aria-label={`“${of}” in`}>
        <Tabs.Tab value="curl">{languages.curl}</Tabs.Tab>
        <Tabs.Tab value="javascript">{languages.javascript}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="curl">
        <CodeBlock code={samples.curl} what={`“${of}” for curl`} />
      </Tabs.Panel>
      <Tabs.Panel value="javascript">
        <CodeBlock code={samples.javascript} what={`“${of}” for JavaScript`} />
      </Tabs.Panel>
    </Tabs>
  );
}
