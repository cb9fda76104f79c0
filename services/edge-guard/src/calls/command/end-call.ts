import { EndSession } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { Fault } from '@vox/platform/fault';
import type { CallOfTenant } from '../../call-access/mod.ts';
import { soon } from '../../checks/mod.ts';

/** Ends a call, for its page says that it is over. */
export const endCall =
  ({ bus }: Readonly<{ bus: Pick<Bus, 'ask'> }>) =>
  async ({ tenantId, sessionId }: CallOfTenant) => {
    const state = await bus.ask(EndSession, { tenantId, sessionId }, soon);
    if (state.kind === 'unknown') throw new Fault('NOT_FOUND');
    return { ok: true };
  };
