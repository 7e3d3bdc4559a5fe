'use client';

import { useRef } from 'react';
import { z } from 'zod';

/** One deliberate act: its key, what was submitted with it, and the entry of the browser's history it was submitted from. */
const act = z.object({
  key: z.string(),
  content: z.string(),
  answered: z.boolean(),
  entry: z.string(),
  keptIn: z.enum(['tab', 'page']),
});
type Act = z.output<typeof act>;

// In this tab until it closes, so that a reload or a step back submits under the same key.
const prefix = 'promint.submission.';
const acts = new Map<string, Act>();

type Submit<Content, T> = (content: Content, key: string) => Promise<T>;

/**
 * Submits a form so that one deliberate act creates one thing. The same content goes out under the same key, so that a
 * repetition after a lost answer, a reload or a step back creates nothing new; a second click gets the answer to the
 * first. {@link startSubmission} begins another act. `name` is the form with what it is about. Content with a password is kept
 * in the `page` alone and forgotten at a reload.
 */
export function useSubmission<Content, T>(name: string, submit: Submit<Content, T>, keptIn: Act['keptIn'] = 'tab') {
  const answers = useRef(new Map<string, Promise<T>>());
  return (content: Content): Promise<T> => {
    const key = submissionKey(name, content, keptIn);
    const known = answers.current.get(key);
    if (known) return known;
    const answer = submit(content, key);
    answers.current.set(key, answer);
    answer.then(
      () => submissionAnswered(name),
      () => answers.current.delete(key),
    );
    return answer;
  };
}

function submissionKey(name: string, content: unknown, keptIn: Act['keptIn']): string {
  const text = JSON.stringify(content);
  const last = read(name);
  const entry = historyEntry();
  if (last?.content === text && !(last.answered && last.entry !== entry)) return last.key;
  const key = randomKey();
  write(name, { key, content: text, answered: false, entry, keptIn });
  return key;
}

function submissionAnswered(name: string): void {
  const last = read(name);
  if (last) write(name, { ...last, answered: true });
}

/** Whoever opens a dialog, or asks for a new form, begins another act. A submission that got no answer is still the last one. */
export function startSubmission(name: string): void {
  if (!read(name)?.answered) return;
  acts.delete(name);
  withStorage((storage) => storage.removeItem(prefix + name));
}

function read(name: string): Act | undefined {
  const known = acts.get(name);
  if (known) return known;
  const stored = withStorage((storage) => storage.getItem(prefix + name));
  return stored ? act.safeParse(parseJson(stored)).data : undefined;
}

function write(name: string, next: Act): void {
  acts.set(name, next);
  if (next.keptIn === 'tab') withStorage((storage) => storage.setItem(prefix + name, JSON.stringify(next)));
}

/** Storage may be full or forbidden: then acts are known until the page is reloaded. */
function withStorage<T>(use: (storage: Storage) => T): T | undefined {
  try {
    return use(sessionStorage);
  } catch {
    return undefined;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Each visit of a page has an entry of its own; a reload and a step back come to the same one again. */
function historyEntry(): string {
  return 'navigation' in window ? (window.navigation.currentEntry?.key ?? '') : '';
}

/** `crypto.randomUUID` is there over HTTPS only, and plain HTTP is common within a company. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
