import type { BrowserChannel } from '@vox/contracts';
import { isPublicAddress } from '@vox/platform/egress';
import { Reason } from '@vox/platform/fault';
import type { Log } from '@vox/platform/telemetry';
import { dependencyOf } from '../decide/names.ts';
import { candidatesOf, withoutChannel, withRefusedChannel } from '../decide/sdp.ts';
import { type CallWanted, type MadeCall, ProviderFailure, type Providers } from '../publish/provider.ts';
import { hangUp } from './hang-up.ts';

export type CallMakerDependencies = Readonly<{ providers: Providers; log: Log }>;

/** A call that was made, with what its browser may tell the provider in it. */
export type BegunCall = MadeCall & Readonly<{ browserChannel: BrowserChannel }>;
/**
 * Makes a call at a provider; `offer` when it takes this offer in no form, `undefined` when it makes no call now.
 */
export type MakeCall = (provider: string, wanted: CallWanted) => Promise<BegunCall | 'offer' | undefined>;

/**
 * Makes calls with browsers' offers. Where the browser shall have no channel it is cut out of the offer. A provider
 * that takes no such offer gets the whole one, from then on at once, and the call is guarded.
 */
export function callMaker(dependencies: CallMakerDependencies): MakeCall {
  const { log } = dependencies;
  const needChannel = new Set<string>();
  return async (provider, wanted) => {
    const isCut = wanted.channel === 'none' && !needChannel.has(provider);
    if (isCut) {
      const cut = withoutChannel(wanted.offer);
      const made = await madeWith(dependencies, provider, { ...wanted, offer: cut.offer });
      if (made !== 'offer')
        return made && { ...made, answer: withRefusedChannel(made.answer, cut), browserChannel: 'none' };
      if (cut.cut === undefined) return 'offer';
    }
    const made = await madeWith(dependencies, provider, wanted);
    if (made === undefined || made === 'offer') return made;
    if (isCut) {
      needChannel.add(provider);
      log.warn(
        { dependency: dependencyOf(provider) },
        'the provider takes no offer without a channel: calls are guarded instead',
      );
    }
    return { ...made, browserChannel: 'guarded' };
  };
}

async function madeWith(
  dependencies: CallMakerDependencies,
  id: string,
  wanted: CallWanted,
): Promise<MadeCall | 'offer' | undefined> {
  const { providers, log } = dependencies;
  const provider = providers.of(id);
  try {
    const made = await provider.makeCall(wanted);
    if (provider.isNear || candidatesOf(made.answer).every(isPublicAddress)) return made;
    await hangUp(dependencies, { provider: id, callId: made.callId });
    throw new ProviderFailure(new Reason('its answer leads to addresses that are not public'));
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    if (error.isOfRequest) return 'offer';
    log.warn({ dependency: dependencyOf(id), error }, 'the provider made no call');
    return undefined;
  }
}
