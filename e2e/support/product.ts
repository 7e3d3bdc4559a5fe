import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';

/** Promint, or a part of it, as an npm script runs it. */
export type Product = {
  process: ChildProcess;
  /** All lines it has printed so far. */
  output(): string;
  /** Resolves when it says where it is; rejects with what it said when it ends before that. */
  ready(): Promise<void>;
  /** Resolves with the exit code. */
  ended(): Promise<number | null>;
  /** What Ctrl-C does, and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
};

// A setting that neither a test nor its environment gives is not set, whatever the file .env of a developer says.
const names = (await readFile('.env.example', 'utf8')).matchAll(/^([A-Z_]+)=/gm);
const unset = Object.fromEntries(Array.from(names, ([, name]) => [name, '']));

/** Runs an npm script, `npm start` if not told otherwise, with these settings on top of the environment. `process` is npm. */
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
    void end.then(() => reject(new Error(`it ended before it was ready:\n${output()}`)));
  });
  // Whoever only waits for the end never asks for the start.
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
