import { describe, expect, it } from 'vitest';
import { deviceOf } from './device.ts';
import { nearnessOf } from './place.ts';

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';

describe('the name of a device', () => {
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/140.0.0.0 Safari/537.36`, 'Chrome on Windows'],
    [`Mozilla/5.0 (Windows NT 10.0) ${webkit} Chrome/140.0.0.0 Safari/537.36 Edg/140.0`, 'Edge on Windows'],
    [`Mozilla/5.0 (Linux; Android 15) ${webkit} SamsungBrowser/28.0 Chrome/130.0`, 'Samsung Internet on Android'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1', 'Safari on iOS'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) Version/18.0 Safari/605.1', 'Safari on macOS'],
    ['curl/8.5.0', 'curl'],
    [undefined, 'an unknown browser'],
    ['<script>alert(1)</script>\u202e', 'an unknown browser'],
    ['x'.repeat(100_000), 'an unknown browser'],
  ])('of %s is %s', (userAgent, device) => {
    expect(deviceOf(userAgent)).toBe(device);
  });
});

describe('the place of an address', () => {
  it.each([
    ['127.0.0.1', { kind: 'this machine' }],
    ['::1', { kind: 'this machine' }],
    ['10.1.2.3', { kind: 'private network' }],
    ['192.168.1.1', { kind: 'private network' }],
    ['fd00::1', { kind: 'private network' }],
    ['203.0.113.9', { kind: 'public', network: '203.0' }],
    ['2001:db8:1:2::3', { kind: 'public', network: '32.1.13.184' }],
    ['nonsense', { kind: 'public', network: 'unknown' }],
  ])('%s is as coarse as its network', (address, near) => {
    expect(nearnessOf(address)).toEqual(near);
  });
});
