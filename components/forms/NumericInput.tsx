'use client';

import { TextInput, type TextInputProps } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { underLabel } from '#components/forms/under-label.ts';
import type { Reading } from '#lib/input/numbers';

export type NumericInputProps = Omit<TextInputProps, 'value' | 'onChange' | 'onBlur' | 'error'> & {
  /** What the form holds: a number, nothing (null or an empty text), or a text that is no number, which its schema refuses. */
  value: unknown;
  onValue: (value: number | string) => void;
  onBlur: () => void;
  /** What the schema says is wrong, shown unless the text is no number: then what is wrong with the text. */
  error: ReactNode;
  read: (typed: string) => Reading;
  show: (value: number) => string;
};

/**
 * A text that is read as a number and never rewritten while it is typed. Leaving the field shows its number as `show`
 * has it, which reads as the same number.
 */
export function NumericInput({ value, onValue, onBlur, error, description, read, show, ...input }: NumericInputProps) {
  const [typed, setTyped] = useState('');
  const number = typeof value === 'number' ? show(value) : String(value ?? '');
  const text = hold(typed) === (value ?? '') ? typed : number;

  /** A text that is no number is held as it is, so that it cannot be submitted as another number. */
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
