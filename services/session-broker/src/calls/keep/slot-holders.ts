import type { SlotHolder, SlotHolders } from '../../slots/mod.ts';
import type { Session } from '../decide/session.ts';
import { addressTag, personTag, type Sessions } from './sessions.ts';

/** The sessions, as the slots ask for them. */
export function slotHolders(sessions: Pick<Sessions, 'read' | 'tagged'>): SlotHolders {
  const liveUnder = async (tag: string, limit: number): Promise<string[]> =>
    (await sessions.tagged(tag, limit)).map(({ key }) => key);
  return {
    async find(sessionId) {
      const session = await sessions.read(sessionId);
      return session && holderOf(session);
    },
    liveOfPerson: (tenantId, identity, limit) => liveUnder(personTag(tenantId, identity), limit),
    liveOfAddress: (tenantId, address, limit) => liveUnder(addressTag(tenantId, address), limit),
  };
}

function holderOf(session: Session): SlotHolder {
  if (session.kind === 'denied') return { kind: 'denied' };
  const { claim, identity, address } = session;
  return session.kind === 'live'
    ? { kind: 'live', claim }
    : { kind: 'ended', claim, identity, address, isPublished: session.told };
}
