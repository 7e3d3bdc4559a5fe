import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { required } from '#lib/config';

/** The maximum time for which browsers keep a cookie. Each sign-in renews it. */
export const knownDeviceDays = 400;

const maxAccounts = 8;
const shape = new RegExp(`^(?<id>[\\w-]{22})\\.(?<signatures>[\\w-]{43}(?:\\.[\\w-]{43}){0,${maxAccounts - 1}})$`);

/**
 * The id of the device that sent `cookie`; null unless this account has signed in on it before. It does not prove an identity, it only
 * selects the counter of an attempt.
 */
export function knownDevice(cookie: string | undefined, email: string): string | null {
  const { id, signatures } = read(cookie);
  return signatures.some((signature) => timingSafeEqual(Buffer.from(signature), Buffer.from(sign(id, email)))) ? id : null;
}

/** The new cookie of a device on which this account has just signed in. It holds signatures of the last eight accounts, no email addresses. */
export function rememberAccount(cookie: string | undefined, email: string): string {
  const { id, signatures } = read(cookie);
  return [id, ...new Set([sign(id, email), ...signatures])].slice(0, maxAccounts + 1).join('.');
}

function read(cookie = ''): { id: string; signatures: string[] } {
  const { id, signatures } = shape.exec(cookie)?.groups ?? {};
  return id && signatures ? { id, signatures: signatures.split('.') } : { id: randomBytes(16).toString('base64url'), signatures: [] };
}

function sign(id: string, email: string): string {
  const key = new Uint8Array(hkdfSync('sha256', required('appSecret'), '', 'promint known device', 32));
  return createHmac('sha256', key).update(`${id} ${email}`).digest('base64url');
}
