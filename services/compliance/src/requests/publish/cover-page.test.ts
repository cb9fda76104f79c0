import { hostileOrigins, hostileWords, somePolicy } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { coverPage } from '../decide/cover-page.ts';
import { htmlOf, textOf } from './cover-page.ts';

const at = '2026-05-05T12:00:00.000Z';
const asked = { requestId: 'r1', law: 'gdpr', receivedAt: at, gatheredAt: at, counts: [], openCalls: 0 } as const;
const written = (word: string) =>
  coverPage(asked, {
    ...somePolicy({ displayName: word }),
    privacy: {
      controller: { name: word, address: word, contact: word },
      ...{ dataProtectionOfficer: word, supervisoryAuthority: word, purposes: [word], recipients: [word] },
      ...{ transfers: word, automatedDecisions: word },
    },
  });

describe('the cover page of an export', () => {
  it('has no element, attribute or heading that a tenant’s words made, whatever they are', () => {
    const plain = written('plain');
    const tagsOf = (html: string) => html.match(/<[^>]*>/g);
    for (const word of [...hostileWords, ...hostileOrigins].filter((word) => word.trim() !== '')) {
      expect(tagsOf(htmlOf(written(word)))).toEqual(tagsOf(htmlOf(plain)));
      expect(textOf(written(word)).split('\n')).toHaveLength(textOf(plain).split('\n').length);
    }
  });
});
