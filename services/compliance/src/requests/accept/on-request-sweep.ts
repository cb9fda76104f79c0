import { type CarryOutRequest, carryOutRequest } from '../command/carry-out-request.ts';
import type { PrivacyRequests } from '../keep/privacy-requests.ts';

const batch = 20;
type OnRequestSweep = CarryOutRequest & Readonly<{ privacyRequests: Pick<PrivacyRequests, 'due'> }>;

/** Goes on with what persons asked for. One that cannot go on now keeps no other waiting. */
export async function workOnRequests(dependencies: OnRequestSweep): Promise<void> {
  const { privacyRequests, clock } = dependencies;
  for (const { state } of await privacyRequests.due(clock.now().getTime(), batch))
    await carryOutRequest(dependencies, state);
}
