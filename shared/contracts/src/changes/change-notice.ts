import { z } from 'zod';
import type { Action } from '../identity/access.ts';
import type { ServiceName } from '../kinds/names.ts';
import { signalKind } from '../kinds/signal.ts';
import { AgentId } from '../values/ids.ts';

/** What screens show, and of what a notice says that it changed. */
export const ChangedResource = z.enum([
  'calls',
  'limits',
  'kill-switch',
  'policy',
  'privacy-requests',
  'incidents',
  'webhooks',
]);
export type ChangedResource = z.infer<typeof ChangedResource>;

/**
 * That something of a tenant changed: which resource, its id, and what became of it. It holds none of what is shown:
 * whoever shows it asks anew, and is told what they may know.
 */
export const ChangeNotice = z.object({
  resource: ChangedResource,
  id: z
    .string()
    .min(1)
    .max(128)
    .describe(
      'the session, the request, the incident, the endpoint, the version, the name of the limit, or the key or tenant of a kill switch',
    ),
  change: z.enum(['began', 'ended', 'changed', 'reached', 'engaged', 'released', 'opened', 'closed', 'failed']),
  agentId: AgentId.optional().describe('of a call that began'),
});
export type ChangeNotice = z.infer<typeof ChangeNotice>;

/** What somebody must be allowed to do to be told of a change. */
export const actionsOfChanges = {
  calls: 'sessions.list',
  limits: 'limits.read',
  'kill-switch': 'policy.read',
  policy: 'policy.read',
  'privacy-requests': 'privacy-requests.read',
  incidents: 'incidents.read',
  webhooks: 'webhooks.list',
} as const satisfies Readonly<Record<ChangedResource, Action>>;

/** Where whoever manages a tenant follows its changes. It is no question, so it stands in no table of operations. */
export const changeStream = { method: 'get', path: '/api/v1/events', action: 'events.follow' } as const;

const changesOf = (from: ServiceName) =>
  signalKind({
    name: `change-${from}`,
    summary: 'Something of a tenant changed just now, for whoever shows it: what, by its id, and none of its data.',
    scope: 'tenant',
    from,
    to: 'edge-guard',
    data: ChangeNotice,
  });

/** The changes that each service tells of. */
export const changeSignals = {
  auth: changesOf('auth'),
  quota: changesOf('quota'),
  'session-broker': changesOf('session-broker'),
  compliance: changesOf('compliance'),
} as const;
