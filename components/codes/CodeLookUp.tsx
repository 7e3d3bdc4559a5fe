'use client';

import { Button, Group, Paper, Stack, Textarea, VisuallyHidden } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { FoundCodes, foundInWords } from '#components/codes/FoundCodes.tsx';
import { type ActionResult, unwrap } from '#lib/action-result';
import type { LookedUp } from '#lib/codes/query';
import { codeLimits, lookUpInput } from '#lib/codes/schema';

type Props = {
  /** What the address asks for. */
  text: string;
  loaded: LookedUp[] | null;
  /** Why the address asks for nothing that can be looked up. */
  refused?: string;
  lookUp: (input: { text: string }) => Promise<ActionResult<LookedUp[]>>;
};

/** Looks codes up that somebody types or pastes; without JavaScript by the address, as the search in the header does. */
export function CodeLookUp({ text, loaded, refused, lookUp }: Props) {
  const [problem, setProblem] = useState<string>();
  const { mutate, data, isPending, reset } = useMutation({
    mutationFn: (given: { text: string; after: LookedUp[] | null }) =>
      unwrap(lookUp({ text: given.text })).then((found) => ({ found, after: given.after })),
    // A long list does not fit into an address, and none should keep one that it no longer shows.
    onSuccess: () => window.history.replaceState(null, '', '/codes'),
    onError: ({ message }) => setProblem(message),
  });
  // An answer counts until the address asks for something else.
  const answers = data && data.after === loaded ? data.found : loaded;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const given = String(new FormData(event.currentTarget).get('code'));
    const checked = lookUpInput.safeParse({ text: given });
    setProblem(checked.error?.issues[0]?.message);
    if (checked.success) mutate({ text: given, after: loaded });
    else reset();
  }

  return (
    <Stack gap="xl">
      <Paper component="form" action="/codes" onSubmit={submit} p="lg" noValidate>
        <Textarea
          key={text}
          name="code"
          label="Codes"
          description={`One or many, up to ${codeLimits.lookedUpAtOnce}, as pasted from an email or a spreadsheet. Dashes, spaces in a code and upper or lower case don't matter.`}
          defaultValue={text}
          error={problem ?? refused}
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
      <VisuallyHidden role="status">{answers && foundInWords(answers)}</VisuallyHidden>
      {answers && <FoundCodes answers={answers} />}
    </Stack>
  );
}
