import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { required } from '#lib/config';

/** How long a link to a file works. It needs no session, so it should not outlive the click by much. */
export const linkSeconds = 15 * 60;

const linkShape = /^\?expires=(?<expires>[1-9]\d{9,11})&signature=(?<signature>[A-Za-z0-9_-]{43})$/;

/** A path that opens the file of one job until it expires. Whoever has it may have the file: keep it out of logs. */
export function signLink(jobId: string, now = Date.now()): string {
  const expires = String(Math.floor(now / 1000) + linkSeconds);
  return `/downloads/${jobId}?expires=${expires}&signature=${sign(jobId, expires)}`;
}

/** Whether `search`, the query of a link as it came over the wire, opens the file of that job now. One spelling counts, the one signed. */
export function verifyLink(jobId: string, search: string, now = Date.now()): boolean {
  const { expires, signature } = linkShape.exec(search)?.groups ?? {};
  if (!expires || !signature) return false;
  const genuine = timingSafeEqual(Buffer.from(signature), Buffer.from(sign(jobId, expires)));
  return genuine && now < Number(expires) * 1000;
}

function sign(jobId: string, expires: string): string {
  return createHmac('sha256', linkKey()).update(`${jobId} ${expires}`).digest('base64url');
}

/** A key for this purpose alone: what else is signed with the application's secret is no link. */
function linkKey(): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', required('appSecret'), '', 'promint download link', 32));
}
