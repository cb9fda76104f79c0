import type { Denial, EndReason, Identity } from '@vox/contracts';
import type { Needs } from '../../dependencies.ts';
import { giveBack } from '../../slots/command/release-slot.ts';
import { underPolicy } from '../../slots/decide/slots.ts';
import type { DeniedSession, Session } from '../decide/session.ts';
import { endAll } from './end-session.ts';

type Whose = Readonly<{ tenantId: string; widgetKey?: string | undefined; policyVersion?: number | undefined }>;
type Why = Readonly<{ end: EndReason; denial: Denial }>;

/**
 * Ends every call of a tenant or of one key, those included that are just being granted: whoever claimed its slot under the old policy finds
 * the denial where it would have written the grant, and whoever comes later claims nothing under it.
 */
export async function closeAll(needs: Needs, whose: Whose, why: Why): Promise<void> {
  const nowMs = needs.clock.now().getTime();
  const { tenantId, policyVersion = 0 } = whose;
  // Whatever is claimed and not decided yet is pending.
  const claimed = await needs.slots.update(tenantId, (slots) => ({
    result: Object.entries(slots.pending).filter(
      ([, { what, identity }]) => what === 'claimed' && isMeant(identity, whose.widgetKey),
    ),
    counter: underPolicy(slots, policyVersion, nowMs),
  }));
  await Promise.all(
    claimed.map(([sessionId, { identity }]) =>
      deny(needs, sessionId, { kind: 'denied', tenantId, identity, denial: why.denial, decidedAtMs: nowMs }),
    ),
  );
  await endAll(needs, whose, why.end);
}

const isMeant = (identity: Identity, widgetKey: string | undefined): boolean =>
  widgetKey === undefined || (identity.kind === 'widget' && identity.widgetKey === widgetKey);

/** Denies what nobody decided yet. Whoever is about to decide tells the denial, and answers with it. */
async function deny(needs: Needs, sessionId: string, denied: DeniedSession): Promise<void> {
  const stands = await needs.sessions.update<Session>(sessionId, (known) =>
    known === undefined ? { result: denied, state: denied } : { result: known },
  );
  if (stands === denied) await giveBack(needs, denied.tenantId, sessionId);
}
