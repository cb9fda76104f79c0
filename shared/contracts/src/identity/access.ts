import { z } from 'zod';
import { platform } from '../values/ids.ts';

/** What a member may be in its tenant. Platform operators are members of the platform itself. */
export const memberRoles = ['owner', 'admin', 'developer', 'privacy-officer', 'viewer'] as const;
export const roles = [...memberRoles, 'platform-operator'] as const;
export const MemberRole = z.enum(memberRoles);
export type MemberRole = z.infer<typeof MemberRole>;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/**
 * Who may do one thing. `roles` are those of members; a machine needs `scope`, and `null` means that no machine may.
 * A sensitive thing needs a fresh code of a member, and a signed request of a machine. `anyTenant` lets a platform
 * operator do it for every tenant; without it, a platform operator does it for the platform alone.
 */
type Access = Readonly<{
  roles: readonly Role[];
  scope: `${string}:${'read' | 'write'}` | null;
  isSensitive: boolean;
  anyTenant: boolean;
  summary: string;
}>;

const everybody = memberRoles;
const administrators = ['owner', 'admin'] as const satisfies readonly Role[];
const builders = ['owner', 'admin', 'developer'] as const satisfies readonly Role[];
const privacy = ['owner', 'privacy-officer'] as const satisfies readonly Role[];
const overseers = ['owner', 'admin', 'privacy-officer'] as const satisfies readonly Role[];
const operators = ['platform-operator'] as const satisfies readonly Role[];

const access = <const S extends Access['scope']>(given: readonly Role[], scope: S, summary: string) => ({
  ...{ roles: given, scope, summary },
  ...{ isSensitive: false, anyTenant: given.includes('platform-operator') },
});
const sensitive = <const S extends Access['scope']>(given: readonly Role[], scope: S, summary: string) => ({
  ...access(given, scope, summary),
  isSensitive: true,
});

/**
 * The one table of who may do what. The services decide by it, and the router, the API's document and the docs are made
 * from it. What is not in it, nobody may do.
 */
export const accessTable = {
  'tenants.list': access(operators, null, 'List the tenants of the installation'),
  'tenants.read': access([...everybody, ...operators], 'tenant:read', 'Show the tenant'),
  'tenants.create': sensitive(operators, null, 'Create a tenant'),
  'tenants.set-status': sensitive(operators, null, 'Suspend or resume a tenant'),
  'members.list': access(overseers, 'members:read', 'List members'),
  'members.invite': sensitive(administrators, 'members:write', 'Invite a member'),
  'members.change-role': sensitive(administrators, 'members:write', 'Give a member another role'),
  'members.remove': sensitive(administrators, 'members:write', 'Remove a member'),
  'members.reset-factors': sensitive(administrators, null, 'Remove the second factors of a member who lost them'),
  'logins.list': access(administrators, 'members:read', 'List the logins of all members'),
  'logins.revoke': access(administrators, 'members:write', 'End the login of a member'),
  'own-logins.list': access([...everybody, ...operators], null, 'List one’s own logins'),
  'own-logins.name': access([...everybody, ...operators], null, 'Name one of one’s own logins'),
  'own-logins.revoke': access([...everybody, ...operators], null, 'End one’s own logins'),
  'second-factors.list': access([...everybody, ...operators], null, 'List one’s own second factors'),
  'second-factors.enrol': sensitive([...everybody, ...operators], null, 'Add a second factor of one’s own'),
  'second-factors.remove': sensitive([...everybody, ...operators], null, 'Remove a second factor of one’s own'),
  'single-sign-on.show': access(administrators, null, 'Show how members sign in through the tenant’s own provider'),
  'single-sign-on.put': sensitive(['owner'], null, 'Set how members sign in through the tenant’s own provider'),
  'single-sign-on.remove': sensitive(['owner'], null, 'Turn sign-in through the tenant’s own provider off'),
  'single-sign-on.prove-domain': sensitive(['owner'], null, 'Take a mail domain for the tenant by its DNS'),
  'widget-keys.list': access([...builders, 'viewer'], 'widget-keys:read', 'List widget keys'),
  'widget-keys.usage': access([...builders, 'viewer'], 'widget-keys:read', 'Show the use of a widget key by day'),
  'widget-keys.create': sensitive(builders, 'widget-keys:write', 'Create a widget key'),
  'widget-keys.rotate': sensitive(builders, 'widget-keys:write', 'Give a widget key a successor'),
  'widget-keys.revoke': sensitive(builders, 'widget-keys:write', 'Revoke a widget key'),
  'api-keys.list': access(administrators, 'api-keys:read', 'List API keys'),
  'api-keys.create': sensitive(administrators, 'api-keys:write', 'Create an API key'),
  'api-keys.rotate': sensitive(administrators, 'api-keys:write', 'Give an API key a successor'),
  'api-keys.revoke': sensitive(administrators, 'api-keys:write', 'Revoke an API key'),
  'agents.read': access(builders, 'agents:read', 'Show an agent with its instructions and tools'),
  'tools.lint': access(builders, 'agents:read', 'Lint descriptors of tools'),
  'tools.try': sensitive(administrators, 'tools:write', 'Try a tool of an agent with arguments'),
  'policy.read': access([...everybody, ...operators], 'policy:read', 'Show the policy, and its earlier versions'),
  'policy.write': sensitive(administrators, 'policy:write', 'Change the policy or roll it back'),
  'policy.preview': access(administrators, 'policy:write', 'Show what a policy would have done to past calls'),
  'checklist.read': access([...builders, 'privacy-officer'], 'checklist:read', 'Show what is missing for production'),
  'limits.read': access(everybody, 'limits:read', 'Show what remains of the limits'),
  'limits.override': sensitive(administrators, 'limits:write', 'Raise or lower a limit for a time'),
  'limits.reset': sensitive(operators, null, 'Reset what a tenant has used today'),
  'sessions.list': access([...everybody, ...operators], 'sessions:read', 'List and show calls'),
  'sessions.end': access([...builders, ...operators], 'sessions:write', 'End calls'),
  'kill-switch.set': sensitive([...administrators, ...operators], 'kill-switch:write', 'Turn a kill switch'),
  'events.follow': access(everybody, 'events:read', 'Follow what changes in the tenant'),
  'usage.read': access([...everybody, ...operators], 'usage:read', 'Show what was used'),
  'transcripts.search': access(privacy, 'transcripts:read', 'Find transcripts'),
  'transcripts.read': access(privacy, 'transcripts:read', 'Read what was said in a call'),
  'transcripts.link': sensitive(privacy, 'transcripts:write', 'Say who the person of a call is'),
  'consents.list': access(overseers, 'consents:read', 'List what visitors consented to'),
  'privacy-requests.read': access(privacy, 'privacy-requests:read', 'List and show privacy requests'),
  'privacy-requests.open': sensitive(privacy, 'privacy-requests:write', 'Open an export or an erasure'),
  'privacy-requests.export': sensitive(privacy, 'privacy-requests:read', 'Fetch the archive of an export'),
  'legal-holds.list': access(privacy, 'legal-holds:read', 'List legal holds'),
  'legal-holds.place': sensitive(privacy, 'legal-holds:write', 'Place a legal hold'),
  'legal-holds.release': sensitive(privacy, 'legal-holds:write', 'Release a legal hold'),
  'retention.read': access(overseers, 'retention:read', 'Show what retention removes, and its receipts'),
  'incidents.read': access(overseers, 'incidents:read', 'List, show and export incidents'),
  'incidents.write': access(overseers, 'incidents:write', 'Open an incident, and add to one'),
  'incidents.close': sensitive(overseers, 'incidents:write', 'Close an incident'),
  'audit.read': access([...overseers, ...operators], 'audit:read', 'Read, export and verify the audit log'),
  'receipts.read': access([...overseers, ...operators], 'audit:read', 'List the keys that receipts are signed with'),
  'webhooks.list': access(builders, 'webhooks:read', 'List webhooks and their deliveries'),
  'webhooks.write': sensitive(builders, 'webhooks:write', 'Add, change or remove a webhook'),
  'webhooks.replay': access(builders, 'webhooks:write', 'Send a delivery again, or a test'),
  'secrets.list': access(builders, 'secrets:read', 'List secrets: names, versions, ages and hosts, never values'),
  'secrets.write': sensitive(builders, 'secrets:write', 'Keep, rotate or remove a secret, or take hosts from it'),
  'platform.keys': sensitive(operators, null, 'Rotate signing keys and rewrap master keys'),
  'platform.restore': sensitive(operators, null, 'Replay erasures after a restore'),
  'platform.read': access(operators, null, 'Show how the installation is, and list dead letters'),
  'platform.operate': sensitive(operators, null, 'Drain copies of services; replay and drop dead letters'),
} as const satisfies Readonly<Record<string, Access>>;

export type Action = keyof typeof accessTable;
export const actions = Object.keys(accessTable) as readonly Action[];
export const Action = z.enum(actions as [Action, ...Action[]]);

export type Scope = Exclude<(typeof accessTable)[Action]['scope'], null>;
export const scopes: readonly Scope[] = [
  ...new Set(Object.values(accessTable).flatMap(({ scope }) => (scope === null ? [] : [scope]))),
].sort();
export const Scope = z.enum(scopes as [Scope, ...Scope[]]);

/** Who asks, as its verified proof says. The operator of the installation proves itself to the bus. */
export type Principal =
  | Readonly<{ kind: 'operator' }>
  | Readonly<{ kind: 'member'; tenantId: string; memberId: string; role: Role; freshUntilMs: number }>
  | Readonly<{ kind: 'key'; tenantId: string; keyId: string; scopes: readonly Scope[]; signedFor: Action | undefined }>;

export type AccessDecision = 'allowed' | 'FORBIDDEN' | 'NOT_FOUND' | 'STEP_UP_REQUIRED' | 'SIGNATURE_REQUIRED';

/**
 * Whether somebody may do a thing to a tenant. Another tenant's things are not found, whatever the role, so that nobody
 * learns of them. Whoever may not do it at all hears so before a fresh code or a signature is asked for.
 */
export function decideAccess(action: Action, who: Principal, tenantId: string, nowMs: number): AccessDecision {
  if (who.kind === 'operator') return 'allowed';
  const { roles: allowed, scope, isSensitive, anyTenant }: Access = accessTable[action];
  const isElsewhere = who.kind === 'member' && who.role === 'platform-operator' && anyTenant;
  if (who.tenantId !== tenantId && !isElsewhere) return 'NOT_FOUND';
  if (who.kind === 'member') {
    if (!allowed.includes(who.role) || (who.role === 'platform-operator') !== (who.tenantId === platform))
      return 'FORBIDDEN';
    return isSensitive && who.freshUntilMs <= nowMs ? 'STEP_UP_REQUIRED' : 'allowed';
  }
  if (scope === null || !(who.scopes as readonly string[]).includes(scope)) return 'FORBIDDEN';
  return isSensitive && who.signedFor !== action ? 'SIGNATURE_REQUIRED' : 'allowed';
}
