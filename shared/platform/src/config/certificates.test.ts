import { rootCertificates } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { certificates } from './kinds.ts';
import { type ConfigError, readConfig } from './read-config.ts';

const [one = '', other = ''] = rootCertificates;
const broken = one.replace(/[A-Za-z]{20}/, 'A'.repeat(20));

function mistakeOf(text: string): string | undefined {
  try {
    readConfig(z.object({ CA: certificates() }), { CA: text });
    return undefined;
  } catch (error) {
    return (error as ConfigError).mistakes.join();
  }
}

describe('the authority of a server', () => {
  it.each([
    ['one certificate', one],
    ['two', `${one}\n${other}`],
    ['a certificate with a comment around it', `# ours\n${one}\n# end`],
  ])('may be %s', (_what, text) => {
    expect(mistakeOf(text)).toBeUndefined();
  });
  it.each([
    ['a word', 'canary'],
    ['a path instead of what stands there', '/etc/canary/ca.crt'],
    ['a private key', '-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----'],
    ['a certificate that is cut off', one.slice(0, -40)],
    ['a certificate that was changed', broken],
    ['a good certificate and a bad one', `${one}\n-----BEGIN CERTIFICATE-----\ncanary\n-----END CERTIFICATE-----`],
  ])('may not be %s', (_what, text) => {
    expect(mistakeOf(text)).toContain('CA: must hold certificates in PEM');
    expect(mistakeOf(text)).not.toContain('canary');
  });
});
