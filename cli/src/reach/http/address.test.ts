import { describe, expect, it } from 'vitest';
import { originOf } from './address.ts';

describe('the address of a server', () => {
  it.each([
    ['https://vox.example', 'https://vox.example'],
    ['https://VOX.example:8443/', 'https://vox.example:8443'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://localhost:8080/', 'http://localhost:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('%s is taken', (text, origin) => {
    expect(originOf(text, 'VOX_URL')).toBe(origin);
  });
  it.each([
    'vox.example',
    'http://vox.example',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
    'https://ann:secret@vox.example',
    'https://vox.example/api',
    'https://vox.example/?a=secret',
    'ftp://vox.example',
    'javascript:alert(1)',
  ])('%s gets no credential, and the sentence repeats none of it', (text) => {
    expect(() => originOf(text, 'VOX_URL')).toThrow(/^VOX_URL must (?!.*secret)/);
  });
});
