import { ListHolds, PlaceHold } from '@vox/contracts';
import { expect, it } from 'vitest';
import { by, openStrangers, tenantId, uuid } from '../strangers.fixture.ts';

it('legal holds are listed in pages that repeat none and miss none while others are placed', async () => {
  const { bus, service } = await openStrangers();
  const place = (n: number) => bus.ask(PlaceHold, { tenantId, scope: { kind: 'session', sessionId: uuid(n) }, ...by });
  const placed = new Set<string>();
  for (let n = 1; n <= 7; n += 1) placed.add((await place(n)).holdId);
  const listed: string[] = [];
  let after: string | null = null;
  do {
    const page: { holds: { holdId: string }[]; next: string | null } = await bus.ask(ListHolds, {
      ...{ tenantId, limit: 3 },
      ...(after !== null && { after }),
    });
    expect(page.holds.length).toBeLessThanOrEqual(3);
    listed.push(...page.holds.map(({ holdId }) => holdId));
    after = page.next;
    if (listed.length === 3) await place(8);
  } while (after !== null);
  expect(new Set(listed).size).toBe(listed.length);
  for (const holdId of placed) expect(listed).toContain(holdId);
  expect((await bus.ask(ListHolds, { tenantId })).holds).toHaveLength(8);
  await service.stop();
});
