import { readConfig } from '@vox/platform/config';
import { hostileOrigins } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { config } from './config.ts';

const given = {
  ...{ NODE_ENV: 'development', NATS_URL: 'nats://127.0.0.1:4222', REDIS_URL: 'redis://127.0.0.1' },
  SECRET_KEY: Buffer.alloc(32).toString('base64'),
};
const read = (over: Record<string, string>) => readConfig(config.schema, { ...given, ...over }, config.rules);

describe('a verifier of bots', () => {
  const given = { ALLOW_HTTP: 'true', BOTID_API_KEY: 'k' };
  it('is a host of the public internet, by https', () => {
    expect(read({ ...given, BOTID_API_URL: 'https://bots.example:8443/verify' }).BOTID_API_URL).toContain(
      'bots.example',
    );
    for (const BOTID_API_URL of [
      'http://bots.example/',
      'https://10.0.0.1/',
      'https://bots.internal/',
      'http://127.0.0.1:1/',
    ])
      expect(() => read({ ...given, BOTID_API_URL }), BOTID_API_URL).toThrow(/BOTID_API_URL: must lead to a host/);
    expect(() => read({ ...given, TURNSTILE_VERIFY_URL: 'http://bots.example/' })).toThrow(/TURNSTILE_VERIFY_URL/);
  });
  it('may be on this machine where a setting says so, and never in production', () => {
    const near = { ...given, BOTID_API_URL: 'http://127.0.0.1:9000/', VERIFIER_LOOPBACK: 'true' };
    expect(read(near).BOTID_API_URL).toBe('http://127.0.0.1:9000/');
    expect(() => read({ ...near, NODE_ENV: 'production' })).toThrow(/VERIFIER_LOOPBACK: is refused in production/);
  });
});

describe('the origins under which browsers reach the door', () => {
  it('must be named where a proxy ends TLS, and need not be on a machine of one’s own', () => {
    expect(() => read({})).toThrow(/PUBLIC_ORIGINS/);
    expect(() => read({ PUBLIC_ORIGINS: ' ' })).toThrow(/PUBLIC_ORIGINS/);
    for (const ALLOW_HTTP of ['true', '1']) expect(read({ ALLOW_HTTP }).PUBLIC_ORIGINS).toEqual([]);
  });
  it('are what browsers send, several of them where there are several', () => {
    const PUBLIC_ORIGINS = 'https://vox.example, https://Bücher.example:8443';
    expect(read({ PUBLIC_ORIGINS }).PUBLIC_ORIGINS).toEqual([
      'https://vox.example',
      'https://xn--bcher-kva.example:8443',
    ]);
  });
  it('are nothing but origins', () => {
    for (const text of hostileOrigins.filter((each) => each.trim() === each && each !== '' && !each.includes(',')))
      expect(() => read({ PUBLIC_ORIGINS: text }), text).toThrow(/PUBLIC_ORIGINS/);
  });
});
