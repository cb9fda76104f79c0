import { ListSessions } from '@vox/contracts';
import { someWidgetKey } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { openFixture } from '../../broker.fixture.ts';

const asked = { tenantId: 'acme', actor: 'operator:ada' };

describe('the list of calls', () => {
  it('comes in pages that repeat none and miss none that lives on while others begin and end', async () => {
    const { grant, end, bus } = await openFixture();
    const ids = await Promise.all(Array.from({ length: 7 }, async (_, n) => (await grant(undefined, n)).sessionId));
    const [, second = '', ...others] = ids.toSorted();
    const listed: string[] = [];
    let after: string | undefined;
    do {
      const page = await bus.ask(ListSessions, { ...asked, limit: 2, after });
      listed.push(...page.sessions.map(({ sessionId }) => sessionId));
      after = page.next ?? undefined;
      // The next page begins behind a call that is over by then.
      if (listed.length === 2) await Promise.all([end(second), grant(undefined, 9)]);
    } while (after !== undefined);
    expect(new Set(listed).size).toBe(listed.length);
    for (const id of others) expect(listed).toContain(id);
  });
  it('holds the calls of one key or of one kind alone where that is asked for', async () => {
    const { grant, bus } = await openFixture();
    const { sessionId } = await grant();
    const console = await grant(undefined, 1, { identity: { kind: 'console', userId: 'm_1' } });
    const of = async (over: object) => {
      const { sessions, next } = await bus.ask(ListSessions, { ...asked, ...over });
      expect(next).toBeNull();
      return sessions.map((session) => session.sessionId);
    };
    expect(await of({ widgetKey: someWidgetKey })).toEqual([sessionId]);
    expect(await of({ kind: 'console' })).toEqual([console.sessionId]);
    expect(await of({ kind: 'console', widgetKey: someWidgetKey })).toEqual([]);
    expect(await of({ widgetKey: 'w_acme_other_0123456789abcdef' })).toEqual([]);
    expect(await of({})).toHaveLength(2);
  });
});
