import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Credentials } from '#lib/clients/create';
import type { CreateJobInput } from '#lib/jobs/schema';
import { apiJob } from '#lib/jobs/serialize';
import type { JobStatus } from '#prisma/enums';

/** The product's API, as a client of it sees it: how the harness asks for jobs. All else it does to processes, files and connections. */
export type Api = {
  /** Makes a job, asking again while the API is busy; throws {@link Refused} when the answer is a no. */
  create(promotionId: string, input: CreateJobInput): Promise<string>;
  /** Cancels a job, in the same way, and answers its status. */
  cancel(promotionId: string, jobId: string): Promise<JobStatus>;
  /** Another token of the client. */
  newToken(): Promise<Token>;
  /** Any call with the client's token, and whatever is answered. */
  ask(path: string, more?: { body?: unknown; headers?: Record<string, string> }): Promise<Answer>;
};

const tokenAnswer = z.object({ access_token: z.string(), expires: z.int() });
type Token = z.output<typeof tokenAnswer>;

export type Answer = { status: number; retryAfter: string | null; text: string; seconds: number };

/** An answer that says no. */
export class Refused extends Error {
  readonly status: number;

  constructor({ status, text }: Answer) {
    super(`the API answered ${status}: ${text}`);
    this.status = status;
  }
}

const patienceMs = 20_000;
const job = z.object({ data: apiJob });

/** Where the jobs of a promotion are. */
export const jobsOf = (promotionId: string) => `/v2/promotions/${promotionId}/jobs`;

/** Where a job is cancelled. */
export const cancelOf = (promotionId: string, jobId: string) => `${jobsOf(promotionId)}/${jobId}/cancel`;

/** Calls the API at `address`, which may be another one at each call, with a token that is asked for at the first. */
export function callApi(address: () => Promise<string>, credentials: Credentials): Api {
  let token: Promise<string> | undefined;

  async function newToken(): Promise<Token> {
    const body = new URLSearchParams({ grant_type: 'client_credentials', ...credentials });
    const answer = await call(`${await address()}/oauth/access_token`, { method: 'POST', body });
    if (answer.status !== 200) throw new Refused(answer);
    return tokenAnswer.parse(JSON.parse(answer.text));
  }

  async function ask(path: string, { body, headers }: Parameters<Api['ask']>[1] = {}): Promise<Answer> {
    token ??= newToken()
      .then(({ access_token }) => access_token)
      .catch((error: unknown) => {
        token = undefined;
        throw error;
      });
    const json = body === undefined ? {} : { method: 'POST', body: JSON.stringify({ data: body }) };
    const type = { 'content-type': 'application/json', authorization: `Bearer ${await token}` };
    return call(`${await address()}${path}`, { ...json, headers: { ...type, ...headers } });
  }

  async function insist(...asked: Parameters<Api['ask']>): Promise<Answer> {
    for (let tries = 30; ; tries -= 1) {
      const answer = await ask(...asked);
      if (![409, 503].includes(answer.status) || tries === 0) return answer;
      await delay(Number(answer.retryAfter ?? 1) * 1000);
    }
  }

  return {
    ask,
    newToken,
    async create(promotionId, input) {
      const headers = { 'idempotency-key': randomUUID() };
      return jobOf(await insist(jobsOf(promotionId), { body: input, headers }), 201).id;
    },
    cancel: async (promotionId, jobId) => jobOf(await insist(cancelOf(promotionId, jobId), { body: {} }), 200).status,
  };
}

/** The job in an answer of that status. */
export function jobOf(answer: Answer, status: number): { id: string; status: JobStatus } {
  if (answer.status !== status) throw new Refused(answer);
  return job.parse(JSON.parse(answer.text)).data;
}

async function call(url: string, init: RequestInit): Promise<Answer> {
  const started = performance.now();
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(patienceMs) });
  const text = await response.text();
  return { status: response.status, retryAfter: response.headers.get('retry-after'), text, seconds: (performance.now() - started) / 1000 };
}

/** Four slices: a job that has a middle, in which something can go wrong. */
export const manyCodes = 200_000;

/** What a job for so many codes asks. */
export function codes(number_of_codes: number, code_prefix?: string): CreateJobInput {
  return { job_type: 'code_generate', parameters: { number_of_codes, consume_unit: 'per_cart', code_length: 8, code_prefix } };
}

export const anExport: CreateJobInput = { job_type: 'code_export' };
