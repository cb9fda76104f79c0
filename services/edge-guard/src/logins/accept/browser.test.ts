import { describe, expect, it } from 'vitest';
import { asked } from '../../checks/asked.fixture.ts';
import type { Browser } from '../decide/browser.ts';
import { cookieNames } from '../decide/cookies.ts';
import { browser } from './browser.ts';

const run = (headers: Record<string, string>, ip: string, addressKey = new Uint8Array(32)) =>
  browser.run({ addressKey, cookies: cookieNames('tenant_session') })({ ...asked({ headers }), ip }) as {
    browser: Browser;
  };

describe('the browser check', () => {
  it('reads the cookies of ours, and calls the device by its kind', () => {
    const cookie = 'tenant_session=s; tenant_challenge=c; tenant_device=d; theme=dark';
    expect(run({ cookie, 'user-agent': 'curl/8' }, '127.0.0.1')).toEqual({
      browser: { device: 'curl', place: 'this machine', login: 's', challengeToken: 'c', deviceToken: 'd' },
    });
  });
  it('marks a public network so that neighbours share it, and nobody without the key knows which', () => {
    const placeOf = (ip: string, key?: Uint8Array<ArrayBuffer>) => run({}, ip, key).browser.place;
    const place = placeOf('203.0.113.9');
    expect(place).toMatch(/^network n_[A-Za-z0-9_-]{8}$/);
    expect(placeOf('203.0.7.7')).toBe(place);
    expect(placeOf('203.1.7.7')).not.toBe(place);
    expect(placeOf('203.0.113.9', Buffer.alloc(32, 7))).not.toBe(place);
  });
});
