import { CreateWidgetKey, RevokeWidgetKey, RotateWidgetKey } from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';
import { auditedRefusals, type RefusalDependencies } from '../tenants/mod.ts';
import { createWidgetKey, type NewKeyDependencies } from './command/create-widget-key.ts';
import { revokeWidgetKey } from './command/revoke-widget-key.ts';
import { rotateWidgetKey } from './command/rotate-widget-key.ts';

export type WidgetKeyResponderDependencies = NewKeyDependencies &
  RefusalDependencies &
  Readonly<{ bus: Pick<Bus, 'answer'> }>;

export async function widgetKeyResponders(dependencies: WidgetKeyResponderDependencies): Promise<Consumption[]> {
  const { bus } = dependencies;
  const audited = auditedRefusals(dependencies);
  return [
    await bus.answer(
      CreateWidgetKey,
      audited('key.create', async (request) => ({ widgetKey: await createWidgetKey(dependencies, request) })),
    ),
    await bus.answer(
      RotateWidgetKey,
      audited('key.rotate', (request) => rotateWidgetKey(dependencies, request)),
    ),
    await bus.answer(
      RevokeWidgetKey,
      audited('key.revoke', async (request) => ({ revokedAt: await revokeWidgetKey(dependencies, request) })),
    ),
  ];
}
