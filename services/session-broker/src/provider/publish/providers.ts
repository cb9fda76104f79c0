import { Reason } from '@vox/platform/fault';
import { type Provider, ProviderFailure, type Providers } from './provider.ts';

/** The providers of an installation. Ids of calls lead to them, also after one was taken out of the configuration. */
export function providersOf(all: readonly Provider[]): Providers {
  const byId = new Map(all.map((provider) => [provider.profile.id, provider]));
  return { of: (id) => byId.get(id) ?? missing(id) };
}

const none = { lockedClient: false, serverEnd: false, trustedUsage: false, clientSecrets: false, tools: false };

function missing(id: string): Provider {
  const refuse = (): Promise<never> =>
    Promise.reject(new ProviderFailure(new Reason('it is no provider of this installation')));
  return {
    profile: { id, adapter: 'openai-realtime', models: [], abilities: { ...none, unit: 'tokens', region: 'nowhere' } },
    isNear: false,
    ...{ clientSecret: refuse, makeCall: refuse, openSideband: refuse, hangUp: refuse },
  };
}
