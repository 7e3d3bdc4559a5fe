'use client';

import { Kbd, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import Form from 'next/form';
import { useRef } from 'react';
import classes from './CodeSearch.module.css';

/** Looks up a complete code in all promotions. A plain form, so that it works without JavaScript. */
export function CodeSearch() {
  const field = useRef<HTMLInputElement>(null);
  useHotkeys([['/', () => field.current?.focus()]]);
  return (
    <Form action="/codes" role="search" aria-label="Codes" className={classes.form}>
      <TextInput
        ref={field}
        name="code"
        type="search"
        aria-label="Find a code"
        placeholder="Find a code"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        enterKeyHint="search"
        required
        leftSection={<IconSearch size={17} aria-hidden="true" />}
        rightSection={
          <Kbd size="xs" className={classes.key} aria-hidden="true">
            /
          </Kbd>
        }
        classNames={{ input: classes.input }}
      />
    </Form>
  );
}
