import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

const withPort = /^(?:\[(?<bracketed>[^\]]+)\](?::\d+)?|(?<plain>[\d.]+):\d+)$/;

/**
 * The canonical spelling of an IP address, without brackets, port and zone. An IPv4-mapped IPv6 address is returned as IPv4. Null
 * when `text` is not an IP address.
 */
export function readIpAddress(text: string): string | null {
  const { bracketed, plain } = withPort.exec(text)?.groups ?? {};
  const [address = ''] = (bracketed ?? plain ?? text).split('%');
  return isIP(address) === 0 ? null : ipaddr.process(address).toString();
}

/**
 * The network that internet providers assign to one customer: the address itself for IPv4 and the /64 for IPv6, in which a machine
 * can change its address freely. Returns a text that is not an IP address unchanged.
 */
export function networkOf(address: string): string {
  return isIP(address) === 6 ? `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/64`)}/64` : address;
}
