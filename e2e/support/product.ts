import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';

/** A running npm script: the whole product, the web process or the worker. */
export type Product = {
  process: ChildProcess;
  /** All output so far. */
  output(): string;
  /** Resolves when the product prints its address; rejects with the output when the product exits before. */
  ready(): Promise<void>;
  /** Resolves with the exit code. */
  ended(): Promise<number | null>;
  /** Sends `signal`, by default that of Ctrl-C, and waits for the exit. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
};

// Clears every known setting first, so that a developer's .env file does not change the tests.
const names = (await readFile('.env.example', 'utf8')).matchAll(/^([A-Z_]+)=/gm);
const unset = Object.fromEntries(Array.from(names, ([, name]) => [name, '']));

/** Runs an npm script with `settings` added to the environment. The returned `process` is npm. */
export function startProduct(settings: Record<string, string>, script = 'start'): Product {
  const child = spawn('npm', ['run', '--silent', script], {
    env: { ...unset, ...process.env, LOG_LEVEL: 'warn', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  const output = () => Buffer.concat(chunks).toString();
  const end = once(child, 'close');
  const ended = () => end.then(() => child.exitCode);
  const started = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if (output().includes('Promint is at')) resolve();
      });
    }
    void end.then(() => reject(new Error(`the product exited before it was ready:\n${output()}`)));
  });
  // Prevents an unhandled rejection in tests that wait only for the exit.
  started.catch(() => {});
  return {
    process: child,
    output,
    ready: () => started,
    ended,
    async stop(signal = 'SIGINT') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      return ended();
    },
  };
}
