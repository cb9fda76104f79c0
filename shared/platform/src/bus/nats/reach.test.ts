import { describe, expect, it } from 'vitest';
import { natsReach } from './reach.ts';

describe('the way to the bus', () => {
  it.each([
    ['a tls:// address', ['tls://a:4222'], undefined, {}],
    ['one tls:// address of several', ['nats://a:4222', 'TLS://b:4222'], undefined, {}],
    ['an authority', ['nats://a:4222'], 'pem', { ca: 'pem' }],
    ['both', ['tls://a:4222'], 'pem', { ca: 'pem' }],
  ])('goes over TLS alone with %s', (_what, servers, ca, tls) => {
    expect(natsReach({ servers, ca }).tls).toEqual(tls);
  });
  it('leaves TLS to the server with neither', () => {
    expect('tls' in natsReach({ servers: ['nats://a:4222'] })).toBe(false);
  });
});
