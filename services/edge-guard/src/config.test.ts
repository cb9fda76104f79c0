import { readConfig } from '@vox/platform/config';
import { hostileOrigins } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { config } from './config.ts';

const given = {
  ...{ NODE_ENV: 'development', NATS_URL: 'nats://127.0.0.1:4222', REDIS_URL: 'redis://127.0.0.1' },
  SECRET_KEY: Buffer.alloc(32).toString('base64'),
};
const read = (over: Record<string, string>) => readConfig(config.schema, { ...given, ...over }, config.rules);

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
