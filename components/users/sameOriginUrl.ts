/** Returns `url` when it is on this site, otherwise the address of the promotions: prevents redirects to other sites. */
export function sameOriginUrl(url: string): string {
  const { origin } = window.location;
  const address = URL.canParse(url, origin) ? new URL(url, origin) : null;
  return address?.origin === origin ? address.href : '/promotions';
}
