import { randomUUID } from 'node:crypto';
import { type CallEvent, CallSignal, type ChangeNotice, changeSignals, QuotaThreshold } from '@vox/contracts';
import { expect, it, vi } from 'vitest';
import { type OpenedBus, passed } from './bus.fixture.ts';

const ended: CallEvent = { kind: 'ended', reason: 'quota' };

/** What every bus promises of signals. */
export function signalPromises(opened: OpenedBus): void {
  it('tells everybody who listens to one call what happens in it, and nobody else', async () => {
    const { bus } = opened();
    const [scope, other] = [randomUUID(), randomUUID()].map((sessionId) => ({ tenantId: 'acme', sessionId }));
    if (scope === undefined || other === undefined) throw new Error('no scopes');
    const heard: string[] = [];
    const hear = (who: string) => (event: CallEvent) => void heard.push(`${who} ${event.kind}`);
    await bus.listen(CallSignal, scope, hear('one'));
    await bus.listen(CallSignal, scope, hear('two'));
    await bus.listen(CallSignal, other, hear('three'));
    await bus.listen(CallSignal, { ...scope, tenantId: 'other' }, hear('four'));
    bus.signal(CallSignal, scope, ended);
    await vi.waitFor(() => expect(heard.toSorted()).toEqual(['one ended', 'two ended']));
    bus.signal(CallSignal, other, ended);
    await vi.waitFor(() => expect(heard).toHaveLength(3));
    expect(heard.at(-1)).toBe('three ended');
  });
  it('is heard no more by whoever stopped, and keeps nothing for whoever comes later', async () => {
    const { bus } = opened();
    const scope = { tenantId: 'acme', sessionId: randomUUID() };
    const heard: string[] = [];
    bus.signal(CallSignal, scope, ended);
    const first = await bus.listen(CallSignal, scope, () => heard.push('first'));
    await first.stop();
    await bus.listen(CallSignal, scope, () => heard.push('second'));
    bus.signal(CallSignal, scope, ended);
    await vi.waitFor(() => expect(heard).toEqual(['second']));
  });
  it('tells whoever listens to a tenant what a fact of it changed, once the fact is stored', async () => {
    const { bus } = opened();
    const [tenantId, other] = [`t-${randomUUID().slice(0, 8)}`, `t-${randomUUID().slice(0, 8)}`];
    const heard: ChangeNotice[] = [];
    await bus.listen(changeSignals.quota, { tenantId }, (notice) => heard.push(notice));
    await bus.publish(QuotaThreshold, passed(other));
    await bus.publish(QuotaThreshold, passed(tenantId));
    await vi.waitFor(() => expect(heard).toEqual([{ resource: 'limits', id: 'widget:tokens:day', change: 'changed' }]));
  });
}
