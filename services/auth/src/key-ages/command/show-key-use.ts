import { type ListWidgetKeys, mistakeSaid, type PolicyKey, type ReadWidgetKeyUsage } from '@vox/contracts';
import { Fault, issueAt } from '@vox/platform/fault';
import { everyTagged } from '@vox/platform/store';
import type { Clock } from '@vox/platform/time';
import type { z } from 'zod';
import { grantsByDay, type KeyDay } from '../decide/use.ts';
import { ageView, pageOf, stateOf } from '../decide/view.ts';
import { ageKeyOf, type KeyAges } from '../keep/key-ages.ts';
import type { KeyDays } from '../keep/key-days.ts';

export type ShowKeyUseDependencies = Readonly<{
  /** Every widget key of a tenant. Throws Fault NOT_FOUND where there is no such tenant. */
  widgetKeysOf: (tenantId: string) => Promise<readonly PolicyKey[]>;
  keyAges: Pick<KeyAges, 'read'>;
  keyDays: Pick<KeyDays, 'tagged'>;
  clock: Clock;
}>;

const ageOf = ({ keyAges }: Pick<ShowKeyUseDependencies, 'keyAges'>, tenantId: string, keyId: string) =>
  keyAges.read(ageKeyOf({ tenantId, kind: 'widget-key', keyId }));

/** How old a widget key is, and when it was used last. */
export const ageOfWidgetKey = async (
  dependencies: Pick<ShowKeyUseDependencies, 'keyAges' | 'clock'>,
  tenantId: string,
  key: PolicyKey,
): Promise<ReturnType<typeof ageView>> =>
  ageView(key, await ageOf(dependencies, tenantId, key.key), dependencies.clock.now().getTime());

/** How often a widget key was used, by day. Another tenant's key is none. */
export async function readWidgetKeyUsage(
  dependencies: ShowKeyUseDependencies,
  { tenantId, widgetKey, days }: z.infer<(typeof ReadWidgetKeyUsage)['request']>,
): Promise<z.input<(typeof ReadWidgetKeyUsage)['reply']>> {
  const key = (await dependencies.widgetKeysOf(tenantId)).find((each) => each.key === widgetKey);
  if (key === undefined) throw new Fault('NOT_FOUND', { issues: [issueAt('widgetKey', mistakeSaid('no-key'))] });
  const found: KeyDay[] = [];
  for await (const { state } of everyTagged(dependencies.keyDays, widgetKey)) found.push(state);
  const nowMs = dependencies.clock.now().getTime();
  return {
    widgetKey,
    ...ageView(key, await ageOf(dependencies, tenantId, widgetKey), nowMs),
    days: grantsByDay(found, days, nowMs),
  };
}

/** A tenant's widget keys, dead ones too, with their ages. */
export async function listWidgetKeys(
  dependencies: ShowKeyUseDependencies,
  { tenantId, ...listed }: z.infer<(typeof ListWidgetKeys)['request']>,
): Promise<z.input<(typeof ListWidgetKeys)['reply']>> {
  const nowMs = dependencies.clock.now().getTime();
  const { page, next } = pageOf(await dependencies.widgetKeysOf(tenantId), listed, nowMs);
  const widgetKeys = await Promise.all(
    page.map(async (each) => {
      const { key: widgetKey, label, environment, origins, agentIds, expiresAt, revokedAt } = each;
      const age = ageView(each, await ageOf(dependencies, tenantId, widgetKey), nowMs);
      return {
        ...{ widgetKey, label, environment, origins, agentIds, expiresAt, revokedAt },
        ...age,
        state: stateOf(each, nowMs),
      };
    }),
  );
  return { widgetKeys, next };
}
