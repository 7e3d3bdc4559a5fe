/** Stands for the address of this server while a document is created. No document says it otherwise. */
export const placeholder = 'https://address-of-this-server.invalid';

/**
 * A document that differs only by the address of this server. `create` runs once in a process, for
 * {@link placeholder}, which each call then replaces. Nothing is kept for an address, because a client chooses it by the header `Host`.
 */
export function atEachAddress<T>(create: (baseUrl: string) => Promise<unknown>): (baseUrl: string) => Promise<T> {
  let text: Promise<string> | undefined;
  return async (baseUrl) => {
    text ??= create(placeholder).then((document) => JSON.stringify(document));
    return JSON.parse((await text).replaceAll(placeholder, () => JSON.stringify(baseUrl).slice(1, -1)));
  };
}
