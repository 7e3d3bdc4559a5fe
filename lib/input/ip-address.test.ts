import { describe, expect, test } from 'vitest';
import { networkOf, readIpAddress } from '#lib/input/ip-address';

describe('readIpAddress', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['192.0.2.1:54321', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:c000:201', '192.0.2.1'],
    ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
    ['[::ffff:192.0.2.1]:443', '192.0.2.1'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:8080', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
  ])('readIpAddress reads %s as %s', (text, address) => {
    expect(readIpAddress(text)).toBe(address);
  });

  test.each([
    '',
    'unknown',
    '_hidden',
    '1',
    '0x7f.1',
    '010.0.0.1',
    '192.0.2',
    '192.0.2.256',
    '1.2.3.4, 5.6.7.8',
    '2001:db8::1::',
    '[192.0.2.1',
  ])('readIpAddress rejects "%s"', (text) => {
    expect(readIpAddress(text)).toBeNull();
  });
});

describe('networkOf', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
    ['unknown', 'unknown'],
  ])('networkOf returns for %s the network %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
