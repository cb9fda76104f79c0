import { z } from 'zod';
import { list, url } from '../config/mod.ts';
import { isNetwork } from './addresses.ts';
import type { EgressOptions } from './egress.ts';

/** How a service reaches hosts that strangers name; the same in every service that does. */
export const egressSettings = {
  EGRESS_PROXY: url({ schemes: ['http'], letsIn: true })
    .optional()
    .describe(
      'an HTTP proxy, with user and password where it wants them, through which tools, webhooks, tenants’ sign-in providers and verifiers of bots are reached (CONNECT); see docs/egress.md for what that changes',
    ),
  EGRESS_REFUSED_NETWORKS: list()
    .pipe(z.array(z.string().refine(isNetwork, 'must be networks in CIDR form, parted by commas')))
    .default([])
    .describe(
      'networks that are public by their addresses and yours all the same, such as a NAT64 prefix of your own: nothing that a stranger names leads there',
    ),
};

/** What those settings mean to a way out. */
export const wayOutOf = ({
  EGRESS_PROXY,
  EGRESS_REFUSED_NETWORKS,
}: Readonly<{ EGRESS_PROXY?: string | undefined; EGRESS_REFUSED_NETWORKS: readonly string[] }>): Pick<
  EgressOptions,
  'proxy' | 'refusedNetworks'
> => ({ proxy: EGRESS_PROXY, refusedNetworks: EGRESS_REFUSED_NETWORKS });
