import type { BrowserChannel } from '@vox/contracts';
import { isPublicAddress } from '@vox/platform/egress';
import { Reason } from '@vox/platform/fault';
import type { Log } from '@vox/platform/telemetry';
import { candidatesOf, withoutChannel, withRefusedChannel } from '../decide/sdp.ts';
import { type CallWanted, type MadeCall, type Provider, ProviderFailure } from '../publish/provider.ts';
import { hangUp } from './hang-up.ts';

export type CallMakerDependencies = Readonly<{
  provider: Pick<Provider, 'makeCall' | 'hangUp' | 'isNear'>;
  log: Log;
}>;

/** A call that was made, with what its browser may tell the provider in it. */
export type BegunCall = MadeCall & Readonly<{ browserChannel: BrowserChannel }>;
/** Makes a call; `offer` when the provider takes this offer in no form, `undefined` when it makes no call now. */
export type MakeCall = (wanted: CallWanted, channel: BrowserChannel) => Promise<BegunCall | 'offer' | undefined>;

/**
 * Makes calls with browsers' offers. Where the browser shall have no channel it is cut out of the offer. A provider
 * that takes no such offer gets the whole one, from then on at once, and the call is guarded.
 */
export function callMaker(dependencies: CallMakerDependencies): MakeCall {
  const { log } = dependencies;
  let needsChannel = false;
  return async (wanted, channel) => {
    if (channel === 'none' && !needsChannel) {
      const cut = withoutChannel(wanted.offer);
      const made = await madeWith(dependencies, { ...wanted, offer: cut.offer });
      if (made !== 'offer')
        return made && { ...made, answer: withRefusedChannel(made.answer, cut), browserChannel: 'none' };
      if (cut.cut === undefined) return 'offer';
    }
    const made = await madeWith(dependencies, wanted);
    if (made === undefined || made === 'offer') return made;
    if (channel === 'none' && !needsChannel) {
      needsChannel = true;
      log.warn({ dependency: 'provider' }, 'the provider takes no offer without a channel: calls are guarded instead');
    }
    return { ...made, browserChannel: 'guarded' };
  };
}

async function madeWith(
  dependencies: CallMakerDependencies,
  wanted: CallWanted,
): Promise<MadeCall | 'offer' | undefined> {
  const { provider, log } = dependencies;
  try {
    const made = await provider.makeCall(wanted);
    if (provider.isNear || candidatesOf(made.answer).every(isPublicAddress)) return made;
    await hangUp(dependencies, made.callId);
    throw new ProviderFailure(new Reason('its answer leads to addresses that are not public'));
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    if (error.isOfRequest) return 'offer';
    log.warn({ dependency: 'provider', error }, 'the provider made no call');
    return undefined;
  }
}
