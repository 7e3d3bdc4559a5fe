/** Stands for the address of this server while a document is created. No document says it otherwise. */
const placeholder = 'https://address-of-this-server.invalid';

/**
 * A document that differs only by the address of this server. It is created once in a process; after that each call only
 * puts the address in. Nothing is kept for an address: a caller chooses it by the header `Host`.
 */
export function atEachAddress<T>(create: (baseUrl: string) => T): (baseUrl: string) => T {
  let text: string | undefined;
  return (baseUrl) => {
    text ??= JSON.stringify(create(placeholder));
    return JSON.parse(text.replaceAll(placeholder, () => JSON.stringify(baseUrl).slice(1, -1)));
  };
}
