'use client';

import { TextInput, type TextInputProps } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { underLabel } from '#components/forms/under-label.ts';
import type { Reading } from '#lib/input/numbers';

export type NumericInputProps = Omit<TextInputProps, 'value' | 'onChange' | 'onBlur' | 'error'> & {
  /** The form value: a number, nothing (null or an empty text), or a text that is not a number, which the schema refuses. */
  value: unknown;
  onValue: (value: number | string) => void;
  onBlur: () => void;
  /** The schema's error. When the text is not a number, the reason for that is shown instead. */
  error: ReactNode;
  read: (typed: string) => Reading;
  show: (value: number) => string;
};

/**
 * A text field that is parsed as a number and never rewritten during typing. On blur it shows the number formatted by `show`, which
 * parses to the same number.
 */
export function NumericInput({ value, onValue, onBlur, error, description, read, show, ...input }: NumericInputProps) {
  const [typed, setTyped] = useState('');
  const number = typeof value === 'number' ? show(value) : String(value ?? '');
  const text = hold(typed) === (value ?? '') ? typed : number;

  /** A text that is not a number stays a text, so that it cannot be submitted as another number. */
  function hold(text: string): number | string {
    const reading = read(text);
    return 'problem' in reading ? text : (reading.value ?? '');
  }

  function change(text: string) {
    setTyped(text);
    onValue(hold(text));
  }

  const reading = read(text);
  const problem = error && 'problem' in reading ? reading.problem : error;
  return (
    <TextInput
      {...input}
      {...(input.label ? underLabel(description, problem) : { error: problem, errorProps: { role: 'alert' } })}
      value={text}
      onChange={({ currentTarget }) => change(currentTarget.value)}
      onFocus={({ currentTarget }) => currentTarget.select()}
      onBlur={() => {
        setTyped(number);
        onBlur();
      }}
      autoComplete="off"
    />
  );
}
