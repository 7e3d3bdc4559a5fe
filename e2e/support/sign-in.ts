import type { APIRequestContext, APIResponse } from 'playwright/test';

/** Signs in over HTTP as the form does. `request` keeps the cookies. */
export async function signInOverHttp(request: APIRequestContext, address: string, email: string, password: string): Promise<APIResponse> {
  const csrf = await request.get(`${address}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  return request.post(`${address}/api/auth/callback/credentials`, { form: { csrfToken, email, password, json: 'true' } });
}
