import type { RotateWidgetKey } from '@vox/contracts';
import type { z } from 'zod';
import { changeTenant, stampOf } from '../../tenants/mod.ts';
import { labelOf, randomBytesOfKey, rotateKey, widgetKeyOf } from '../decide.ts';
import type { NewKeyDependencies } from './create-widget-key.ts';

/** Gives a key a successor. Answers the successor, and when the old key dies. */
export async function rotateWidgetKey(
  dependencies: NewKeyDependencies,
  { tenantId, widgetKey, graceSeconds, expiresAt, ...by }: z.infer<(typeof RotateWidgetKey)['request']>,
): Promise<z.input<(typeof RotateWidgetKey)['reply']>> {
  const stamp = stampOf(dependencies, by);
  const successor = widgetKeyOf(tenantId, labelOf(widgetKey), dependencies.random(randomBytesOfKey));
  const graceEndsAt = new Date(stamp.atMs + graceSeconds * 1_000).toISOString();
  const { keys } = await changeTenant(dependencies, tenantId, stamp, (tenant) =>
    rotateKey(tenant, { widgetKey, successor, graceEndsAt, expiresAt }, stamp.atMs),
  );
  const old = keys.find(({ key }) => key === widgetKey);
  return { widgetKey: successor, graceEndsAt: old?.expiresAt ?? graceEndsAt };
}
