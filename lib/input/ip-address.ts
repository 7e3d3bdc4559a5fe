import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

const withPort = /^(?:\[(?<bracketed>[^\]]+)\](?::\d+)?|(?<plain>[\d.]+):\d+)$/;

/**
 * The one spelling of an IP address, without brackets, port and zone. An IPv4 address that is mapped into IPv6 is
 * returned as IPv4. Null when `text` is no IP address.
 */
export function readIpAddress(text: string): string | null {
  const { bracketed, plain } = withPort.exec(text)?.groups ?? {};
  const [address = ''] = (bracketed ?? plain ?? text).split('%');
  return isIP(address) === 0 ? null : ipaddr.process(address).toString();
}

/**
 * The network that one customer of an internet provider has: the address itself for IPv4, the /64 for IPv6, inside which
 * one machine can change its address at will. A text that is no IP address is returned as it is.
 */
export function networkOf(address: string): string {
  return isIP(address) === 6 ? `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/64`)}/64` : address;
}
