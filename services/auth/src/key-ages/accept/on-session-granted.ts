import type { Fact, SessionGranted } from '@vox/contracts';
import type { Outcome } from '@vox/platform/bus';
import { type CountUseDependencies, countUse } from '../command/count-use.ts';

/** Counts the use of widget keys. A call of the console uses none. */
export const onSessionGranted =
  (dependencies: CountUseDependencies) =>
  async ({ data }: Fact<typeof SessionGranted>): Promise<Outcome> => {
    const { tenantId, sessionId, identity, grantedAt } = data;
    if (identity.kind === 'widget')
      await countUse(dependencies, {
        ...{ tenantId, sessionId, widgetKey: identity.widgetKey },
        atMs: Date.parse(grantedAt),
      });
    return 'ack';
  };
