import { BlockList } from 'node:net';
import { describe, expect, it } from 'vitest';
import { asked } from '../../checks/asked.fixture.ts';
import { clientIp } from './client-ip.ts';

const proxies = new BlockList();
proxies.addAddress('10.0.0.1');
const headers = { 'x-forwarded-for': '203.0.113.9', forwarded: 'for=203.0.113.7' };

describe('the client address check', () => {
  it('reads the header that the proxies write, X-Forwarded-For where none is named', () => {
    const behind = asked({ headers, peer: '10.0.0.1' });
    expect(clientIp.run({ proxies })(behind)).toEqual({ ip: '203.0.113.9' });
    expect(clientIp.run({ proxies, addressHeader: 'forwarded' })(behind)).toEqual({ ip: '203.0.113.7' });
  });
  it('does not believe the header of a stranger', () => {
    expect(clientIp.run({ proxies })(asked({ headers, peer: '192.0.2.1' }))).toEqual({ ip: '192.0.2.1' });
  });
});
