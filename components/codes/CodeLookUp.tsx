'use client';

import { Button, Group, Paper, Stack, Textarea, VisuallyHidden } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { FoundCodes, foundText } from '#components/codes/FoundCodes.tsx';
import { type ActionResult, unwrap } from '#lib/action-result';
import type { LookedUp } from '#lib/codes/query';
import { codeLimits, lookUpInput } from '#lib/codes/schema';

type Props = {
  /** The search text in the address. */
  text: string;
  /** The results of that search; null without one. */
  loaded: LookedUp[] | null;
  /** Why that search text is invalid. */
  invalid?: string;
  lookUp: (input: { text: string }) => Promise<ActionResult<LookedUp[]>>;
};

/** A form that looks up codes. Without JavaScript, it submits the codes in the address, as the search in the header does. */
export function CodeLookUp({ text, loaded, invalid, lookUp }: Props) {
  const [problem, setProblem] = useState<string>();
  const { mutate, data, isPending, reset } = useMutation({
    mutationFn: (search: { text: string; replaces: LookedUp[] | null }) =>
      unwrap(lookUp({ text: search.text })).then((found) => ({ found, replaces: search.replaces })),
    // The address no longer matches the results, and a long list does not fit into it.
    onSuccess: () => window.history.replaceState(null, '', '/codes'),
    onError: ({ message }) => setProblem(message),
  });
  // These results are valid until the page loads others for a new address.
  const results = data && data.replaces === loaded ? data.found : loaded;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get('code'));
    const input = lookUpInput.safeParse({ text });
    setProblem(input.error?.issues[0]?.message);
    if (input.success) mutate({ text, replaces: loaded });
    else reset();
  }

  return (
    <Stack gap="xl">
      <Paper component="form" action="/codes" onSubmit={submit} p="lg" noValidate>
        <Textarea
          key={text}
          name="code"
          label="Codes"
          description={`Up to ${codeLimits.lookedUpAtOnce} codes, for example pasted from an email or a spreadsheet. Dashes, spaces in a code and upper or lower case don't matter.`}
          defaultValue={text}
          error={problem ?? invalid}
          autosize
          minRows={3}
          maxRows={10}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        />
        <Group mt="md">
          <Button type="submit" loading={isPending}>
            Look up
          </Button>
        </Group>
      </Paper>
      <VisuallyHidden role="status">{results && foundText(results)}</VisuallyHidden>
      {results && <FoundCodes results={results} />}
    </Stack>
  );
}
