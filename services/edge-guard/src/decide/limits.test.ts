import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientIp, limitKeyOf, proxyList } from './client-ip.ts';
import { type Log, look, most, windowMs } from './window.ts';

describe('the client’s address', () => {
  const proxies = proxyList(['10.0.0.0/8', 'fd00::/8']);
  it.each([
    ['192.0.2.1', '203.0.113.9', '192.0.2.1'],
    ['10.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['10.0.0.1', '198.51.100.1, 203.0.113.9, 10.9.9.9', '203.0.113.9'],
    ['::ffff:10.0.0.1', '::ffff:203.0.113.9', '203.0.113.9'],
    ['::ffff:a00:1', '0:0:0:0:0:FFFF:cb00:7109', '203.0.113.9'],
    ['fd00::1%eth0', '2001:db8::7%a, fd00::2%<script>', '2001:db8::7'],
    ['10.0.0.1', '203.0.113.9, 10.9.9.9:80', '10.0.0.1'],
    ['10.0.0.1', '203.0.113.9,', '10.0.0.1'],
    ['10.0.0.1', 'nonsense', '10.0.0.1'],
    ['10.0.0.1', '203.0.113.9, <script>', '10.0.0.1'],
    ['fd00::1', '2001:db8::7', '2001:db8::7'],
    ['10.0.0.1', undefined, '10.0.0.1'],
  ])('of peer %s with X-Forwarded-For %s is %s', (peer, forwarded, wanted) => {
    expect(clientIp(peer, forwarded, proxies)).toBe(wanted);
  });
  it('counts by /64 when it is IPv6', () => {
    expect(limitKeyOf('2001:db8:0:1::7')).toBe(limitKeyOf('2001:0db8:0000:0001:ffff::1'));
    expect(limitKeyOf('2001:db8:0:1::7')).not.toBe(limitKeyOf('2001:db8:0:2::7'));
    expect(limitKeyOf('::1')).toBe('0:0:0:0::/64');
    expect(limitKeyOf('192.0.2.1')).toBe('192.0.2.1');
  });
  it('asks for networks in CIDR form', () => {
    for (const bad of ['10.0.0.0/33', 'host', '10.0.0.0/x', '']) expect(() => proxyList([bad])).toThrow(RangeError);
  });
});

describe('the sliding window', () => {
  it('admits no more than limit and burst in any 60 seconds, and lets the next one pass when it said so', () => {
    const arrivals = fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 200 });
    fc.assert(
      fc.property(arrivals, fc.nat({ max: 6 }), fc.nat({ max: 4 }), (gaps, perMinute, burst) => {
        const limit = { perMinute, burst };
        let log: Log = [];
        let nowMs = 1_000_000;
        for (const gap of gaps) {
          nowMs += gap;
          const { retryMs } = look(log, limit, nowMs);
          if (retryMs === undefined) log = [...log, nowMs];
          else if (most(limit) > 0) {
            expect(look(log, limit, nowMs + retryMs).retryMs).toBeUndefined();
            expect(look(log, limit, nowMs + retryMs - 1).retryMs).toBeDefined();
          }
        }
        for (const from of log)
          expect(log.filter((atMs) => atMs >= from && atMs < from + windowMs).length).toBeLessThanOrEqual(most(limit));
      }),
    );
  });
});
