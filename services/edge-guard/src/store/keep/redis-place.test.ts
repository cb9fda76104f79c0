import { describe, expect, it } from 'vitest';
import { redisPlaceOf } from './redis-place.ts';

describe('the address of Redis', () => {
  it('names one server, with TLS where it says so', () => {
    expect(redisPlaceOf('redis://127.0.0.1')).toMatchObject({ kind: 'server', isTls: false });
    expect(redisPlaceOf('rediss://u:p@[::1]:6380/0')).toMatchObject({
      ...{ kind: 'server', isTls: true, letsIn: { username: 'u', password: 'p' } },
      hosts: [{ host: '::1', port: 6_380 }],
    });
  });
  it('names Sentinels, the primary that they watch, and what lets in at the servers and at the Sentinels', () => {
    expect(
      redisPlaceOf('rediss+sentinel://edge:p%40s%2Fs@a:1,b/my-primary?sentinelUsername=w&sentinelPassword=q%26'),
    ).toEqual({
      ...{ kind: 'sentinel', isTls: true, primary: 'my-primary' },
      hosts: [
        { host: 'a', port: 1 },
        { host: 'b', port: 26_379 },
      ],
      letsIn: { username: 'edge', password: 'p@s/s' },
      sentinel: { username: 'w', password: 'q&' },
    });
  });
  it('names servers of a cluster, with a password alone where there is no user', () => {
    expect(redisPlaceOf('redis+cluster://:p%3As@a:7000,[::1]:7001/')).toEqual({
      ...{ kind: 'cluster', isTls: false, letsIn: { password: 'p:s' } },
      hosts: [
        { host: 'a', port: 7_000 },
        { host: '::1', port: 7_001 },
      ],
    });
  });
});
