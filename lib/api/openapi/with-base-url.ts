/** The placeholder for the base URL of this server. Documents contain this text nowhere else. */
export const placeholder = 'https://address-of-this-server.invalid';

/**
 * Returns a function that inserts a base URL into a document. `create` runs once per process, with {@link placeholder}, which each
 * call replaces. Documents are not cached by base URL, because a client chooses it with the header `Host`.
 */
export function withBaseUrl<T>(create: (baseUrl: string) => Promise<unknown>): (baseUrl: string) => Promise<T> {
  let text: Promise<string> | undefined;
  return async (baseUrl) => {
    text ??= create(placeholder).then((document) => JSON.stringify(document));
    return JSON.parse((await text).replaceAll(placeholder, () => JSON.stringify(baseUrl).slice(1, -1)));
  };
}
