import { describe, expect, it } from 'vitest';
import { siteOf } from './site.ts';

const ours = new Set(['https://vox.example', 'https://other.example:8443']);

describe('the origin of a ceremony', () => {
  it('is the one that the browser names, or the one whose host it asks', () => {
    expect(siteOf(ours, { origin: 'https://other.example:8443', host: undefined })).toBe('https://other.example:8443');
    expect(siteOf(ours, { origin: undefined, host: 'other.example:8443' })).toBe('https://other.example:8443');
  });
  it('is one of the installation’s own, whatever a request says', () => {
    for (const said of ['https://evil.example', 'null', 'http://vox.example', ''])
      expect(ours.has(siteOf(ours, { origin: said, host: 'evil.example' }) ?? '')).toBe(true);
  });
});
