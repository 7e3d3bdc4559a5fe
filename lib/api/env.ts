import type { Actor } from '#lib/users/permissions';

/** What is known of every call. The middleware of a route adds the rest, such as its parsed input. */
export type ApiEnv = {
  Variables: {
    requestId: string;
    /** The API client that calls, after its token was checked. */
    client: Actor | undefined;
    /** Returns what the request calls a field of the input. Without it, errors name no field. */
    fieldName: ((field: string) => string) | undefined;
  };
};
