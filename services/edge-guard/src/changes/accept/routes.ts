import { changeStream } from '@vox/contracts';
import { managerLimit } from '../../admin/mod.ts';
import { route } from '../../checks/mod.ts';
import { clientIp } from '../../client/mod.ts';
import { knownAddressLimit, strangerLimit } from '../../limits/mod.ts';
import { lastEvent, sendEvents } from '../../live-events/mod.ts';
import { tenantOfRefusals } from '../../tenant/mod.ts';
import { followChanges } from '../command/follow-changes.ts';
import { changeEvents } from './events.ts';
import { follower } from './follower.ts';

/** What changes in a tenant, for whoever manages it. */
export const changeRoutes = [
  route({
    method: changeStream.method,
    paths: [changeStream.path],
    summary:
      'What changes in the tenant, as it changes: which resource, its id and what became of it, and none of its data. Whoever shows it asks anew for what they may see; of what somebody may not see they hear nothing. It ends when the login or the key does, and after half an hour; whoever comes back hears first that all is to be asked anew.',
    credential: 'login or API key',
    checks: [clientIp, strangerLimit, knownAddressLimit, follower, tenantOfRefusals, managerLimit, lastEvent],
    command: followChanges,
    events: changeEvents,
    send: sendEvents,
  }),
] as const;
