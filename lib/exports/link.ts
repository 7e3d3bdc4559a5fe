import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { required } from '#lib/config';

/** The lifetime of a link to a file. It is short because a link needs no session. */
export const linkSeconds = 15 * 60;

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const linkShape = new RegExp(`^\\?by=(?<by>${uuid})&expires=(?<expires>[1-9]\\d{9,11})&signature=(?<signature>[A-Za-z0-9_-]{43})$`);

/**
 * Returns a path that opens the file of one job until it expires, for the user or client with the id `by`. `now` is the time of the
 * database. Anyone with the link can read the file, so it must not be logged.
 */
export function signLink(jobId: string, by: string, now: number): string {
  const expires = String(Math.floor(now / 1000) + linkSeconds);
  return `/downloads/${jobId}?by=${by}&expires=${expires}&signature=${sign(jobId, by, expires)}`;
}

/**
 * Returns the id of the user or client of the link with the query `search`. Null when the link is not valid for that job now. Only
 * the exact signed form is valid. The caller must check that the user or client may still download.
 */
export function verifyLink(jobId: string, search: string, now: number): string | null {
  const { by, expires, signature } = linkShape.exec(search)?.groups ?? {};
  if (!by || !expires || !signature) return null;
  const isSigned = timingSafeEqual(Buffer.from(signature), Buffer.from(sign(jobId, by, expires)));
  return isSigned && now < Number(expires) * 1000 ? by : null;
}

function sign(jobId: string, by: string, expires: string): string {
  return createHmac('sha256', linkKey()).update(`${jobId} ${by} ${expires}`).digest('base64url');
}

/** The key for links. It differs from other keys of the application's secret, so that no other signature is valid for a link. */
function linkKey(): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', required('appSecret'), '', 'promint download link', 32));
}
