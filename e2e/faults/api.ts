import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Credentials } from '#lib/clients/create';
import type { CreateJobInput } from '#lib/jobs/schema';
import { apiJob } from '#lib/jobs/serialize';
import type { JobStatus } from '#prisma/enums';

/** The product's HTTP API. The harness creates and cancels jobs through it, like a client. */
export type Api = {
  /** Creates a job and returns its id. Repeats the call while the API answers 409 or 503; throws {@link UnexpectedAnswer} for any other error. */
  create(promotionId: string, input: CreateJobInput): Promise<string>;
  /** Cancels a job and returns its status. Repeats the call and throws like `create`. */
  cancel(promotionId: string, jobId: string): Promise<JobStatus>;
  /** Requests a new access token for the client. */
  newToken(): Promise<Token>;
  /** Calls any path with the client's token and returns the answer, whatever its status. */
  call(path: string, more?: { method?: 'DELETE'; body?: unknown; headers?: Record<string, string> }): Promise<Answer>;
  /** Deletes a promotion. Throws {@link UnexpectedAnswer} unless the answer is 204. */
  deletePromotion(promotionId: string): Promise<void>;
};

const tokenAnswer = z.object({ access_token: z.string(), expires: z.int() });
type Token = z.output<typeof tokenAnswer>;

export type Answer = { status: number; retryAfter: string | null; text: string; seconds: number };

/** The API answered with an unexpected status. */
export class UnexpectedAnswer extends Error {
  readonly status: number;

  constructor({ status, text }: Answer) {
    super(`the API answered ${status}: ${text}`);
    this.status = status;
  }
}

const timeoutMs = 20_000;
const job = z.object({ data: apiJob });

/** The path of a promotion's jobs. */
export const jobsPath = (promotionId: string) => `/v2/promotions/${promotionId}/jobs`;

/** The path that cancels a job. */
export const cancelPath = (promotionId: string, jobId: string) => `${jobsPath(promotionId)}/${jobId}/cancel`;

/** Returns the API at `address`, which is read before each call. The first call requests an access token for all calls. */
export function callApi(address: () => Promise<string>, credentials: Credentials): Api {
  let token: Promise<string> | undefined;

  async function newToken(): Promise<Token> {
    const body = new URLSearchParams({ grant_type: 'client_credentials', ...credentials });
    const answer = await send(`${await address()}/oauth/access_token`, { method: 'POST', body });
    if (answer.status !== 200) throw new UnexpectedAnswer(answer);
    return tokenAnswer.parse(JSON.parse(answer.text));
  }

  async function call(path: string, { method, body, headers }: Parameters<Api['call']>[1] = {}): Promise<Answer> {
    token ??= newToken()
      .then(({ access_token }) => access_token)
      .catch((error: unknown) => {
        token = undefined;
        throw error;
      });
    const json = body === undefined ? { method } : { method: 'POST', body: JSON.stringify({ data: body }) };
    const type = { 'content-type': 'application/json', authorization: `Bearer ${await token}` };
    return send(`${await address()}${path}`, { ...json, headers: { ...type, ...headers } });
  }

  async function callUntilAvailable(...request: Parameters<Api['call']>): Promise<Answer> {
    for (let tries = 30; ; tries -= 1) {
      const answer = await call(...request);
      if (![409, 503].includes(answer.status) || tries === 0) return answer;
      await delay(Number(answer.retryAfter ?? 1) * 1000);
    }
  }

  return {
    call,
    newToken,
    async create(promotionId, input) {
      const headers = { 'idempotency-key': randomUUID() };
      return parseJob(await callUntilAvailable(jobsPath(promotionId), { body: input, headers }), 201).id;
    },
    async deletePromotion(promotionId) {
      const answer = await callUntilAvailable(`/v2/promotions/${promotionId}`, { method: 'DELETE' });
      if (answer.status !== 204) throw new UnexpectedAnswer(answer);
    },
    cancel: async (promotionId, jobId) => parseJob(await callUntilAvailable(cancelPath(promotionId, jobId), { body: {} }), 200).status,
  };
}

/** Returns the job in an answer. Throws unless the answer has the status `status`. */
export function parseJob(answer: Answer, status: number): { id: string; status: JobStatus } {
  if (answer.status !== status) throw new UnexpectedAnswer(answer);
  return job.parse(JSON.parse(answer.text)).data;
}

async function send(url: string, init: RequestInit): Promise<Answer> {
  const started = performance.now();
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
  const text = await response.text();
  return { status: response.status, retryAfter: response.headers.get('retry-after'), text, seconds: (performance.now() - started) / 1000 };
}

/** Enough for four slices, so that a fault can happen in the middle of the job. */
export const manyCodes = 200_000;

/** The input of a job that generates `number_of_codes` codes. */
export function generateJob(number_of_codes: number, code_prefix?: string): CreateJobInput {
  return { job_type: 'code_generate', parameters: { number_of_codes, consume_unit: 'per_cart', code_length: 8, code_prefix } };
}

export const exportJob: CreateJobInput = { job_type: 'code_export' };

/** Removes all codes of a promotion. */
export const removeJob: CreateJobInput = { job_type: 'code_remove', parameters: {} };
