import { type ChangeNotice, changeSignals, PlaceHold, ReleaseHold } from '@vox/contracts';
import { settled } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { by, email, openFixture, tenantId } from '../requests.fixture.ts';

describe('an erasure that a legal hold blocks', () => {
  it('waits and says so, and goes on when the hold is released', async () => {
    const fixture = await openFixture();
    await fixture.call();
    const scope = { kind: 'person' as const, identifiers: [{ kind: 'email' as const, value: email }] };
    const { holdId } = await fixture.bus.ask(PlaceHold, { tenantId, scope, ...by });
    await fixture.request('erase');
    await fixture.copies[0]?.workOnRequests();
    expect(await fixture.show('erase')).toMatchObject({ state: 'blocked', holdId, evidence: [{ step: 'find' }] });
    await fixture.bus.ask(ReleaseHold, { tenantId, holdId, ...by });
    fixture.clock.advanceMs(61_000);
    await fixture.copies[1]?.workOnRequests();
    expect((await fixture.show('erase')).state).toBe('done');
    await settled(fixture.bus);
    expect(fixture.bus.published().filter(({ type }) => type === 'vox.privacy.request-blocked.v1')).toHaveLength(1);
    await fixture.close();
  });
});

it('a request that is carried out tells whoever watches it of each step', async () => {
  const fixture = await openFixture();
  await fixture.call();
  const heard: ChangeNotice[] = [];
  await fixture.bus.listen(changeSignals.compliance, { tenantId }, (notice) => heard.push(notice));
  await fixture.request('erase');
  await fixture.copies[0]?.workOnRequests();
  await settled(fixture.bus);
  const { privacyRequestId, evidence } = await fixture.show('erase');
  const mine = heard.filter(({ resource, id }) => resource === 'privacy-requests' && id === privacyRequestId);
  const steps = Array.from({ length: evidence.length - 1 }, () => 'changed');
  expect(mine.map(({ change }) => change)).toEqual(['opened', ...steps, 'closed']);
  await fixture.close();
});
