import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { required } from '#lib/config';

/** The lifetime of a link to a file. A link needs no session, so it is short. */
export const linkSeconds = 15 * 60;

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const linkShape = new RegExp(`^\\?by=(?<by>${uuid})&expires=(?<expires>[1-9]\\d{9,11})&signature=(?<signature>[A-Za-z0-9_-]{43})$`);

/**
 * A path that opens the file of one job until it expires, for the user or client with the id `by`, which is random and
 * reveals nothing. `now` is the database's time. Anyone with the link can read the file: never log it.
 */
export function signLink(jobId: string, by: string, now: number): string {
  const expires = String(Math.floor(now / 1000) + linkSeconds);
  return `/downloads/${jobId}?by=${by}&expires=${expires}&signature=${sign(jobId, by, expires)}`;
}

/**
 * The id of the user or client for whom the link with the query `search` was created; null when the link does not open the file of
 * that job now. Only the signed spelling is valid. The caller checks whether that user or client may still download.
 */
export function verifyLink(jobId: string, search: string, now: number): string | null {
  const { by, expires, signature } = linkShape.exec(search)?.groups ?? {};
  if (!by || !expires || !signature) return null;
  const genuine = timingSafeEqual(Buffer.from(signature), Buffer.from(sign(jobId, by, expires)));
  return genuine && now < Number(expires) * 1000 ? by : null;
}

function sign(jobId: string, by: string, expires: string): string {
  return createHmac('sha256', linkKey()).update(`${jobId} ${by} ${expires}`).digest('base64url');
}

/** A key only for links: other data signed with the application's secret is no link. */
function linkKey(): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', required('appSecret'), '', 'promint download link', 32));
}
