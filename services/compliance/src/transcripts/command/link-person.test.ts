import { LinkSubject } from '@vox/contracts';
import { describe, expect, it } from 'vitest';

import { all, keptCall, searched, sessionId, whose } from '../transcripts.fixture.ts';

describe('a person who is linked to its call', () => {
  it('is found by its e-mail address in any way of writing it', async () => {
    const opened = await keptCall();
    const identifiers = [{ kind: 'email' as const, value: 'Ann@Example.com' }];
    await opened.bus.ask(LinkSubject, { ...whose, identifiers, actor: 'operator:test' });
    expect(await searched(opened, { identifiers: [{ kind: 'email', value: 'ann@example.COM' }] })).toEqual([sessionId]);
    await expect(
      opened.bus.ask(LinkSubject, { ...whose, tenantId: 'other', identifiers, actor: 'operator:test' }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const entries = JSON.stringify(await all(opened.auditLog.entries('acme')));
    expect(entries).toContain('subject.link');
    expect(entries).not.toMatch(/ann@example/i);
    await opened.stop();
  });
});
