import {
  actionsOfChanges,
  ChangedResource,
  type ChangeNotice,
  decideAccess,
  memberRoles,
  scopes,
} from '@vox/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventsOf, mayHear, namedMax } from './change-event.ts';

const notice = fc.record({
  resource: fc.constantFrom(...ChangedResource.options),
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  change: fc.constantFrom('began' as const, 'ended' as const, 'changed' as const),
});

describe('what is said of the changes of a moment', () => {
  it('names each once, or says that there were too many, and is bounded either way', () => {
    fc.assert(
      fc.property(fc.array(notice, { maxLength: 100 }), (heard: ChangeNotice[]) => {
        const said = eventsOf(heard);
        const different = new Set(heard.map((each) => JSON.stringify([each.resource, each.change, each.id])));
        if (different.size > namedMax) expect(said).toEqual([{ kind: 'anew', why: 'many' }]);
        else {
          const named = said.map((each) => each.kind === 'changed' && [each.resource, each.change, each.id]);
          expect(new Set(named.map((each) => JSON.stringify(each)))).toEqual(different);
          expect(said).toHaveLength(different.size);
        }
      }),
    );
  });
});

describe('somebody hears of a change', () => {
  it('that they could ask for in that tenant, and of no other', () => {
    const who = fc.oneof(
      fc.record({ kind: fc.constant('member' as const), role: fc.constantFrom(...memberRoles) }),
      fc.record({ kind: fc.constant('key' as const), scopes: fc.subarray([...scopes]) }),
    );
    fc.assert(
      fc.property(who, notice, fc.boolean(), (given, heard, isOwn) => {
        const principal = {
          ...given,
          tenantId: 'acme',
          memberId: 'm',
          keyId: 'k',
          freshUntilMs: 0,
          signedFor: undefined,
        };
        const tenantId = isOwn ? 'acme' : 'other';
        const mayAsk = decideAccess(actionsOfChanges[heard.resource], principal, tenantId, 1) === 'allowed';
        expect(mayHear(principal, tenantId, heard, 1)).toBe(mayAsk);
        if (!isOwn) expect(mayAsk).toBe(false);
      }),
    );
  });
});
