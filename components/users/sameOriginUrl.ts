/** An address on this site to go on to, whatever the address bar says: the promotions when it leads elsewhere. */
export function sameOriginUrl(url: string): string {
  const { origin } = window.location;
  const address = URL.canParse(url, origin) ? new URL(url, origin) : null;
  return address?.origin === origin ? address.href : '/promotions';
}
