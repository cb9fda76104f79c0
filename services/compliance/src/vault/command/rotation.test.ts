import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListReceiptKeys, PolicyDocument, RecordConsent, RewrapKeys } from '@vox/contracts';
import { freshSetting } from '@vox/platform/config';
import { givenMasterKeys, masterKeySettings } from '@vox/platform/master-keys';
import { settled, somePolicy, someWidgetKey } from '@vox/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { onTwins, someChoice, vaultOf } from '../../compliance.fixture.ts';
import { startCompliance } from '../../service.ts';

const [former, next] = [randomBytes(32), randomBytes(32)];
const lanes = 4;
/** A busy machine is slow, and that is no refusal. */
const patience = { timeoutMs: 30_000 };
const choice = someChoice();
const yields = (count: number): Promise<void> =>
  count === 0 ? Promise.resolve() : new Promise<void>((resolve) => setImmediate(resolve)).then(() => yields(count - 1));

describe('a change of the master key under load', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vox-master-'));
  const files = [join(folder, 'one'), join(folder, 'two')] as const;
  let writes = 0;
  /** Gives one copy other keys, the newest first. */
  const give = (which: 0 | 1, keys: readonly Uint8Array[]): void => {
    writes += 1;
    writeFileSync(files[which], keys.map((key) => Buffer.from(key).toString('base64')).join('\n'));
    // Two writes may fall into one tick of the file system's clock.
    utimesSync(files[which], writes, writes);
  };
  let twins: ReturnType<typeof onTwins>;
  let copies: Awaited<ReturnType<typeof startCompliance>>[];
  beforeEach(async () => {
    twins = onTwins();
    for (let n = 0; n < 200; n += 1)
      await twins.bus.documents(PolicyDocument).put(`t${n}`, { ...somePolicy(), tenantId: `t${n}` });
    copies = [];
    for (const which of [0, 1] as const) {
      give(which, [former]);
      const env = { VOX_MASTER_KEY_FILE: files[which] };
      const keys = freshSetting('VOX_MASTER_KEY', env, masterKeySettings.VOX_MASTER_KEY.unwrap(), [former]);
      copies.push(await startCompliance({ ...twins, masterKeys: givenMasterKeys(keys) }));
    }
  });
  let isOver = false;
  afterEach(async () => {
    isOver = true;
    for (const copy of copies) await copy.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('refuses no answer of a visitor, and afterwards the new key alone opens all that was kept', async () => {
    const { bus } = twins;
    let n = 0;
    const visits: { tenantId: string; visitorId: string }[] = [];
    const lane = async (): Promise<void> => {
      while (!isOver) {
        n += 1;
        // Some tenants are met for the first time while the keys change, and get keys of their own then.
        const visit = { tenantId: `t${n % 200}`, visitorId: `v_${String(n).padStart(22, '0')}` };
        const proved = await bus.ask(RecordConsent, { ...visit, widgetKey: someWidgetKey, choice }, patience);
        expect(proved.receipt).toMatch(/^ey/);
        visits.push(visit);
        await yields(n % 3);
      }
    };
    const working = Array.from({ length: lanes }, lane);
    // The order of docs/stores.md: known everywhere before it is used anywhere, and used everywhere before the other goes.
    for (const keys of [
      [former, next],
      [next, former],
    ])
      for (const which of [0, 1] as const) {
        await yields(40);
        give(which, keys);
      }
    await yields(40);
    expect(await bus.ask(RewrapKeys, { actor: 'operator:test' }, patience)).toMatchObject({ left: 0 });
    for (const which of [0, 1] as const) {
      await yields(40);
      give(which, [next]);
      // What a copy holds open it holds for a minute.
      twins.clock.advanceMs(61_000);
    }
    await yields(40);
    isOver = true;
    await Promise.all(working);
    await settled(bus);
    expect(visits.length).toBeGreaterThan(50);
    const after = vaultOf({ ...twins, masterKeys: givenMasterKeys([next]) });
    for (const { tenantId, visitorId } of visits) {
      const { box } = await after.open(tenantId, { kind: 'visitor', form: visitorId });
      expect(box).toBeDefined();
    }
    expect((await bus.ask(ListReceiptKeys, {})).keys).toHaveLength(1);
  }, 60_000);
});
