import { SayInCall } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { CallOfTenant } from '../../call-access/mod.ts';

/** The broker says the words over a connection of its own, which it gives 2.4 seconds. */
const patience = { timeoutMs: 4_000 };

/** Hands on what the visitor typed into its brokered call. */
export const sayTyped =
  ({ bus }: Readonly<{ bus: Pick<Bus, 'ask'> }>) =>
  ({ tenantId, sessionId, body: { text } }: CallOfTenant & Readonly<{ body: Readonly<{ text: string }> }>) =>
    bus.ask(SayInCall, { tenantId, sessionId, text }, patience);
