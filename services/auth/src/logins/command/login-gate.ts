import type { PendingLogin } from '@vox/contracts';
import type { Membership } from '../../members/mod.ts';

/** What may still stand between a right code and a login. */
export type LoginGate = Readonly<{
  /**
   * What else must be shown; undefined where the code is enough. Throws Fault FORBIDDEN for whoever must come through
   * the tenant's own provider.
   */
  afterCode: (membership: Membership) => Promise<PendingLogin | undefined>;
  /** Whether a member has a second factor: then a code by mail alone makes no login fresh. */
  hasFactor: (membership: Membership) => Promise<boolean>;
}>;
