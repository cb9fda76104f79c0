import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLoopbackAddress, isPublicAddress, specialIpv4 } from './addresses.ts';

const dotted = (value: number): string => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
const numberOf = (text: string): number => text.split('.').reduce((sum, part) => (sum * 256 + Number(part)) >>> 0, 0);
const rangeOf = (range: string): { from: number; to: number } => {
  const [network = '', prefix = ''] = range.split('/');
  const from = numberOf(network);
  return { from, to: from + 2 ** (32 - Number(prefix)) - 1 };
};
const ranges = specialIpv4.map(rangeOf);
const anyIpv4 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const group = fc.integer({ min: 0, max: 0xffff });
const hex = (value: number): string => value.toString(16);

describe('an address of the public internet', () => {
  it('is no IPv4 address of a special range, from its first to its last', () => {
    const inRange = fc
      .constantFrom(...ranges)
      .chain(({ from, to }) => fc.oneof(fc.constantFrom(from, to), fc.integer({ min: from, max: to })));
    fc.assert(
      fc.property(inRange, (value) => {
        expect(isPublicAddress(dotted(value))).toBe(false);
      }),
    );
  });
  it('is every IPv4 address outside of the special ranges', () => {
    let outside = 0;
    fc.assert(
      fc.property(anyIpv4, (value) => {
        const isSpecial = ranges.some(({ from, to }) => value >= from && value <= to);
        outside += isSpecial ? 0 : 1;
        expect(isPublicAddress(dotted(value))).toBe(!isSpecial);
      }),
      { numRuns: 2_000 },
    );
    expect(outside).toBeGreaterThan(500);
  });
  it('is no IPv6 address that hides an IPv4 address: mapped, compatible, NAT64, 6to4 and Teredo', () => {
    fc.assert(
      fc.property(anyIpv4, group, (value, rest) => {
        const [high, low] = [hex(value >>> 16), hex(value & 0xffff)];
        for (const hidden of [
          `::ffff:${dotted(value)}`,
          `::ffff:${high}:${low}`,
          `::${high}:${low}`,
          `64:ff9b::${high}:${low}`,
          `64:ff9b:1::${high}:${low}`,
          `2002:${high}:${low}::${hex(rest)}`,
          `2001:0:${high}:${low}::${hex(rest)}`,
        ])
          expect(isPublicAddress(hidden), hidden).toBe(false);
      }),
    );
  });
  it('is an IPv6 address only where its first three bits are 001', () => {
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
        const [first = 0] = groups;
        const address = groups.map(hex).join(':');
        if (first >>> 13 !== 1) expect(isPublicAddress(address)).toBe(false);
        else if (first !== 0x2001 && first !== 0x2002 && first !== 0x2620 && first !== 0x3fff)
          expect(isPublicAddress(address)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
  it.each([
    '::',
    '::1',
    'fe80::1',
    'fe80::1%eth0',
    '2606:4700::1%eth0',
    'fc00::1',
    'fd00:ec2::254',
    'ff02::1',
    '2001:db8::1',
  ])('is not %s', (address) => expect(isPublicAddress(address)).toBe(false));
  it.each(['', 'localhost', '1.2.3', '0x7f.0.0.1', '127.1', '1.1.1.1 ', '1.1.1.1/32', '010.0.0.1'])(
    'is not the text %j, which is no address',
    (text) => expect(isPublicAddress(text)).toBe(false),
  );
  it.each(['1.1.1.1', '8.8.8.8', '93.184.216.34', '2606:4700:4700::1111', '2a00:1450:4003::200e'])('is %s', (address) =>
    expect(isPublicAddress(address)).toBe(true),
  );
});

it('a loopback address is one of this machine, in its plain form alone', () => {
  expect(['127.0.0.1', '127.9.9.9', '::1'].every(isLoopbackAddress)).toBe(true);
  expect(['10.0.0.1', '::ffff:127.0.0.1', 'localhost', ''].some(isLoopbackAddress)).toBe(false);
});
