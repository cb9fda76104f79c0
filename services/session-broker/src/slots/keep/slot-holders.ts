import type { Identity } from '@vox/contracts';
import type { SlotHolder } from '../decide/free.ts';

/** What the slots ask about the sessions that hold them. Another domain keeps the sessions. */
export type SlotHolders = Readonly<{
  /** What was decided of a session; `undefined` when no such session is stored. */
  find: (sessionId: string) => Promise<SlotHolder | undefined>;
  /** Ids of live sessions of one person, at most `limit`. */
  liveOfPerson: (tenantId: string, identity: Identity, limit: number) => Promise<readonly string[]>;
  /** Ids of live sessions from one address, at most `limit`. */
  liveOfAddress: (tenantId: string, address: string, limit: number) => Promise<readonly string[]>;
}>;
