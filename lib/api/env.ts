import type { Actor } from '#lib/users/permissions';

/** The variables of every call. The middleware of a route adds others, such as its parsed input. */
export type ApiEnv = {
  Variables: {
    requestId: string;
    /** The API client, after the verification of its token. */
    client: Actor | undefined;
    /** Returns the name that a field of the input has in the request. Without this function, errors name no field. */
    fieldName: ((field: string) => string) | undefined;
  };
};
