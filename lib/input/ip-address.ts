import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

const withPort = /^(?:\[(?<bracketed>[^\]]+)\](?::\d+)?|(?<plain>[\d.]+):\d+)$/;

/**
 * The canonical spelling of an IP address, without brackets, port and zone. An IPv4-mapped IPv6 address is returned as IPv4. Null
 * when `text` is no IP address.
 */
export function readIpAddress(text: string): string | null {
  const { bracketed, plain } = withPort.exec(text)?.groups ?? {};
  const [address = ''] = (bracketed ?? plain ?? text).split('%');
  return isIP(address) === 0 ? null : ipaddr.process(address).toString();
}

/**
 * The network that internet providers assign to one customer: the address itself for IPv4, the /64 for IPv6, within which a machine
 * can change its address freely. A text that is no IP address is returned unchanged.
 */
export function networkOf(address: string): string {
  return isIP(address) === 6 ? `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/64`)}/64` : address;
}
