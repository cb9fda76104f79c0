import { randomBytes } from 'node:crypto';
import { systemClock } from '@vox/platform/time';
import { describe, expect, it } from 'vitest';
import { memoryPrivacy } from '../../memory.ts';
import type { PrivacyRequest } from '../decide/privacy-request.ts';
import { partChars, readParts, storeInParts } from './store-in-parts.ts';

describe('a long text of an export', () => {
  const key = randomBytes(32);
  const dependencies = {
    exportParts: memoryPrivacy().exportParts,
    ring: { keysOf: async () => ({ data: key }) },
    random: randomBytes,
    clock: systemClock,
  } as unknown as Parameters<typeof storeInParts>[0];
  const request = {
    tenantId: 'acme',
    requestId: '6f9619ff-8b86-4d11-b42d-00c04fc964ff',
    subjectIds: [],
  } as unknown as PrivacyRequest;

  it('is read back as it was stored, where a character stands on the end of a part too', async () => {
    for (const before of [-1, 0, 1]) {
      const text = `${'x'.repeat(partChars + before)}😀${'y'.repeat(partChars)}`;
      expect(await storeInParts(dependencies, request, 'archive', text)).toBe(3);
      expect(await readParts(dependencies, request, 'archive')).toBe(text);
    }
  });
});
