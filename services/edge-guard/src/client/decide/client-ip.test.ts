import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limitKeyOf } from './address.ts';
import { clientIp, isTrusted, proxyList } from './client-ip.ts';
import type { AddressHeader } from './forwarded.ts';

const proxies = proxyList(['10.0.0.0/8', 'fd00::/8']);
const told = (header: AddressHeader, value: string | undefined, peer = '10.0.0.1') =>
  clientIp(peer, { header, value }, proxies);

describe('the client’s address', () => {
  it.each([
    ['192.0.2.1', '203.0.113.9', '192.0.2.1'],
    ['10.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['10.0.0.1', '198.51.100.1, 203.0.113.9, 10.9.9.9', '203.0.113.9'],
    ['::ffff:10.0.0.1', '::ffff:203.0.113.9', '203.0.113.9'],
    ['::ffff:a00:1', '0:0:0:0:0:FFFF:cb00:7109', '203.0.113.9'],
    ['fd00::1%eth0', '2001:db8::7%a, fd00::2%<script>', '2001:db8::7'],
    ['10.0.0.1', 'nonsense', '10.0.0.1'],
    ['10.0.0.1', '203.0.113.9, <script>', '10.0.0.1'],
    ['fd00::1', '2001:db8::7', '2001:db8::7'],
    ['10.0.0.1', undefined, '10.0.0.1'],
    ['10.0.0.1', '', '10.0.0.1'],
  ])('of peer %s with X-Forwarded-For %s is %s', (peer, forwarded, wanted) => {
    expect(told('x-forwarded-for', forwarded, peer)).toBe(wanted);
  });

  it.each([
    // As Azure Application Gateway, IIS and some load balancers write it.
    ['203.0.113.9:17085', '203.0.113.9'],
    ['198.51.100.1:1, 203.0.113.9:17085, 10.9.9.9:80', '203.0.113.9'],
    ['"203.0.113.9"', '203.0.113.9'],
    ['"203.0.113.9:17085"', '203.0.113.9'],
    ['203.0.113.9,', '203.0.113.9'],
    [', ,203.0.113.9, , ', '203.0.113.9'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['"[2001:db8::1]"', '2001:db8::1'],
    ['"[2001:db8::1]:443"', '2001:db8::1'],
    ['2001:DB8:0::1', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['203.0.113.9:_port', '203.0.113.9'],
    ['"evil, 203.0.113.9', '203.0.113.9'],
    // Nobody is named: the proxy itself is all that is known.
    ['unknown', '10.0.0.1'],
    ['_hidden', '10.0.0.1'],
    ['"_SEVKISEK"', '10.0.0.1'],
    ['203.0.113.9:x', '10.0.0.1'],
    ['203.0.113.9:', '10.0.0.1'],
    ['203.0.113.9:123456', '10.0.0.1'],
    ['[2001:db8::1', '10.0.0.1'],
    ['[2001:db8::1]443', '10.0.0.1'],
    // What the parsers of some systems take for an address.
    ['0x7f.1', '10.0.0.1'],
    ['010.010.010.010', '10.0.0.1'],
    ['3405803785', '10.0.0.1'],
    ['203.0.113', '10.0.0.1'],
    [`${'0'.repeat(200)}::1`, '10.0.0.1'],
  ])('is read from X-Forwarded-For: %s', (value, wanted) => {
    expect(told('x-forwarded-for', value)).toBe(wanted);
  });

  it.each([
    ['for=203.0.113.9', '203.0.113.9'],
    ['For="203.0.113.9:47011";proto=https;by=10.0.0.1', '203.0.113.9'],
    ['proto=https; FOR = "[2001:db8::17]:4711"', '2001:db8::17'],
    ['for=198.51.100.1, for=203.0.113.9;by=10.1.1.1, for=10.2.2.2', '203.0.113.9'],
    ['for="_mdn", for=203.0.113.9,', '203.0.113.9'],
    ['for=203.0.113.9;host="a,for=192.0.2.1;b"', '203.0.113.9'],
    ['for=203.0.113.9;host="a\\",for=192.0.2.1;b"', '203.0.113.9'],
    ['for="evil, for=203.0.113.9;host="x,for=192.0.2.66"', '203.0.113.9'],
    ['for=unknown', '10.0.0.1'],
    ['for=_hidden;proto=https', '10.0.0.1'],
    ['for=203.0.113.9;for=192.0.2.1', '10.0.0.1'],
    ['203.0.113.9', '10.0.0.1'],
    ['proto=https', '10.0.0.1'],
  ])('is read from Forwarded: %s', (value, wanted) => {
    expect(told('forwarded', value)).toBe(wanted);
  });

  it('is the trusted proxy’s word, whatever a client wrote to the left of it', () => {
    const odd = fc.constantFrom('"', '\\', ',', ';', 'for=', '[', ']', ':', '10.0.0.7', '192.0.2.1', ' ', '%', '=');
    const client = fc.oneof(
      fc.string(),
      fc.array(odd).map((parts) => parts.join('')),
      fc.string({ unit: 'binary' }),
    );
    const bucket = (header: AddressHeader, value: string) => limitKeyOf(told(header, value));
    fc.assert(
      fc.property(client, fc.ipV4(), fc.ipV6(), fc.constantFrom(', ', ','), (left, v4, v6, comma) => {
        fc.pre(!v4.startsWith('10.') && !v6.toLowerCase().startsWith('fd'));
        const entries = [v4, `${v4}:17085`, `"${v4}"`, v6, `[${v6}]:443`, `"[${v6}]"`];
        for (const entry of entries)
          expect(bucket('x-forwarded-for', left + comma + entry)).toBe(bucket('x-forwarded-for', entry));
        const elements = [`for=${v4}`, `for="[${v6}]:1";proto=https`, `by=10.0.0.1;for="${v4}:80";host="a,b;c"`];
        for (const element of elements)
          expect(bucket('forwarded', left + comma + element)).toBe(bucket('forwarded', element));
      }),
      { numRuns: 100 },
    );
  }, 20_000);
  it('is read in time with the length of what was written, and no further than 32 proxies', () => {
    const long = ['"', '\\', '"\\', ',', ' ,', '10.0.0.2,', 'for=10.0.0.2,', '[', '%'].map((part) =>
      part.repeat(20_000),
    );
    for (const value of long)
      for (const header of ['x-forwarded-for', 'forwarded'] as const) expect(told(header, value)).toMatch(/^10\./);
  });

  it('counts by /64 when it is IPv6', () => {
    expect(limitKeyOf('2001:db8:0:1::7')).toBe(limitKeyOf('2001:0db8:0000:0001:ffff::1'));
    expect(limitKeyOf('2001:db8:0:1::7')).not.toBe(limitKeyOf('2001:db8:0:2::7'));
    expect(limitKeyOf('::1')).toBe('0:0:0:0::/64');
    expect(limitKeyOf('192.0.2.1')).toBe('192.0.2.1');
  });
  it.each([
    ['mapped', '::ffff:203.0.113.9'],
    ['NAT64', '64:ff9b::203.0.113.9'],
    ['NAT64 in hexadecimal', '64:ff9b:0:0:0:0:cb00:7109'],
    ['NAT64 of a network of its own, as a /96', '64:ff9b:1::203.0.113.9'],
    ['NAT64 of a network of its own, as a /48', '64:ff9b:1:cb00:71:900::'],
  ])('counts by the IPv4 address that it stands for: %s', (_what, address) => {
    expect(told('x-forwarded-for', address)).toBe('203.0.113.9');
    expect(limitKeyOf(address)).toBe('203.0.113.9');
  });
  it.each([
    ['6to4', ['2002:cb00:7109:5::1', '2002:cb00:7109:6::9'], '2002:cb00:710a:5::1', '2002:a00:1::1'],
    [
      'Teredo',
      ['2001:0:4136:e378:8000:63bf:34ff:8ef6', '2001:0:4136:e378:8000:1111:34ff:8ef6'],
      '2001:0:4136:e378:8000:63bf:34ff:8ef5',
      '2001:0:4136:e378:8000:63bf:f5ff:fffe',
    ],
  ])(
    'is not the IPv4 address inside of a tunnel, and counts by the end of the tunnel: %s',
    (_what, same, other, inside) => {
      const [one = '', two = ''] = same;
      expect(limitKeyOf(one)).toBe(limitKeyOf(two));
      expect(limitKeyOf(one)).not.toBe(limitKeyOf(other));
      expect(limitKeyOf(one)).not.toBe(limitKeyOf('203.0.113.9'));
      expect(told('x-forwarded-for', one)).toBe(one);
      // 10.0.0.1 is trusted: whoever has it inside of a tunnel names nobody.
      expect(isTrusted(proxies, '::ffff:10.0.0.1')).toBe(true);
      expect(isTrusted(proxies, inside)).toBe(false);
      expect(told('x-forwarded-for', '203.0.113.9', inside)).toBe(inside);
    },
  );
  it('asks for networks in CIDR form', () => {
    for (const bad of ['10.0.0.0/33', 'host', '10.0.0.0/x', '']) expect(() => proxyList([bad])).toThrow(RangeError);
  });
});
