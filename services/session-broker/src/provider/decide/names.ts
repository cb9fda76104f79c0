import { standardProviderId } from '@vox/contracts';

/** A provider as the log and its outages know it: each fails and comes back by itself. */
export const dependencyOf = (id: string): string => (id === standardProviderId ? 'provider' : `provider:${id}`);
