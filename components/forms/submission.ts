'use client';

import { useRef } from 'react';
import { z } from 'zod';

/** One submission: its idempotency key, its content, and the entry of the browser history that it came from. */
const submissionSchema = z.object({
  key: z.string(),
  content: z.string(),
  answered: z.boolean(),
  entry: z.string(),
  keptIn: z.enum(['tab', 'page']),
});
type Submission = z.output<typeof submissionSchema>;

// Kept in the tab, so that a reload or a step back submits under the same key.
const prefix = 'promint.submission.';
const submissions = new Map<string, Submission>();

type Submit<Content, T> = (content: Content, key: string) => Promise<T>;

/**
 * Submits a form so that a repeated submission creates nothing new. The same content is sent under the same key, also after a lost
 * response, a reload or a step back; a second click gets the answer to the first. {@link startSubmission} starts a new key. `name`
 * identifies the form and its subject. Content with a password is kept only in the `page` and is gone after a reload.
 */
export function useSubmission<Content, T>(name: string, submit: Submit<Content, T>, keptIn: Submission['keptIn'] = 'tab') {
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

function submissionKey(name: string, content: unknown, keptIn: Submission['keptIn']): string {
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

/** Starts a new submission, for example when a dialog opens. A submission without an answer keeps its key. */
export function startSubmission(name: string): void {
  if (!read(name)?.answered) return;
  submissions.delete(name);
  withStorage((storage) => storage.removeItem(prefix + name));
}

function read(name: string): Submission | undefined {
  const known = submissions.get(name);
  if (known) return known;
  const stored = withStorage((storage) => storage.getItem(prefix + name));
  return stored ? submissionSchema.safeParse(parseJson(stored)).data : undefined;
}

function write(name: string, next: Submission): void {
  submissions.set(name, next);
  if (next.keptIn === 'tab') withStorage((storage) => storage.setItem(prefix + name, JSON.stringify(next)));
}

/** Storage may be full or blocked. Keys then last until the page is reloaded. */
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

/** Identifies this visit of the page. A reload and a step back return to the same entry. */
function historyEntry(): string {
  return 'navigation' in window ? (window.navigation.currentEntry?.key ?? '') : '';
}

/** `crypto.randomUUID` exists over HTTPS only, and plain HTTP is common on company networks. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
