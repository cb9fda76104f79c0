import { z } from 'zod';
import { question } from '../kinds/question.ts';
import { TenantDraft } from '../tenants/ask-auth.ts';
import { Policy, PolicyAgent } from '../tenants/policy.ts';
import { ToldAgent } from '../tenants/preview-policy.ts';
import { Actor, acting } from '../values/acting.ts';
import { TenantId } from '../values/ids.ts';
import { ifVersion } from '../values/version.ts';

/** So many versions of a policy are kept, the newest ones, with their agents. */
export const policyVersionsMax = 100;

const version = z.number().int().positive();
const VersionHead = z.object({
  version: version.describe('of the tenant when this draft was put; other changes of the tenant count too'),
  at: z.iso.datetime(),
  actor: Actor,
  reason: z.string().nullable(),
  restores: version.nullable().describe('the version that it was rolled back to'),
});

export const ListTenants = question(
  'auth',
  'tenant-list',
  'The tenants of the installation, in the order of their ids.',
  z.strictObject({
    after: TenantId.optional().describe('`next` of the page before'),
    limit: z.number().int().min(1).max(200).default(50),
  }),
  z.object({
    tenants: z.array(
      z.object({
        tenantId: TenantId,
        displayName: Policy.shape.displayName,
        status: Policy.shape.status,
        halted: z.boolean(),
        version,
        country: z.string().nullable(),
      }),
    ),
    unreadable: z.array(TenantId).describe('tenants of this page that are kept in a form that auth cannot read'),
    next: TenantId.nullable(),
  }),
  { action: 'tenants.list' },
);

export const ListPolicyVersions = question(
  'auth',
  'policy-version-list',
  `The versions of a tenant’s policy that are kept, at most ${policyVersionsMax}, the newest first.`,
  z.strictObject({
    tenantId: TenantId,
    before: version.optional().describe('`next` of the page before: older versions alone'),
    limit: z.number().int().min(1).max(100).default(50),
  }),
  z.object({ versions: z.array(VersionHead), next: version.nullable() }),
  { action: 'policy.read' },
);

const hash = z
  .string()
  .regex(/^sha256:[A-Za-z0-9_-]{43}$/)
  .describe('SHA-256 of a text in UTF-8, base64url');

/** A draft without what its agents are told: two hashes say whether it is the same as elsewhere. */
export const ShownDraft = z.object({
  ...TenantDraft.shape,
  agents: z.array(PolicyAgent.extend({ instructions: hash, tools: hash })),
});
export type ShownDraft = z.infer<typeof ShownDraft>;

export const ShowPolicyVersion = question(
  'auth',
  'policy-version-show',
  'One version of a tenant’s policy as it was written. Hashes stand for instructions and tools.',
  z.strictObject({ tenantId: TenantId, version }),
  VersionHead.extend({ draft: ShownDraft }),
  { action: 'policy.read' },
);

export const PolicyChange = z.object({
  path: z.string().describe('JSON pointer (RFC 6901) into the draft'),
  before: z.json().optional().describe('left out where there was nothing; a hash stands for a long text'),
  after: z.json().optional().describe('left out where there is nothing; a hash stands for a long text'),
});
export type PolicyChange = z.infer<typeof PolicyChange>;

export const DiffPolicyVersions = question(
  'auth',
  'policy-version-diff',
  'What differs between two versions of a tenant’s policy.',
  z.strictObject({ tenantId: TenantId, fromVersion: version, toVersion: version }),
  z.object({ changes: z.array(PolicyChange) }),
  { action: 'policy.read' },
);

export const RollBackPolicy = question(
  'auth',
  'policy-roll-back',
  'Gives a tenant a new version of its policy that equals an older one. Keys and status stay as they are.',
  z.strictObject({ tenantId: TenantId, version, ifVersion, ...acting }),
  z.object({ tenantId: TenantId, version }),
  { action: 'policy.write' },
);

const Resolved = z.object({ policy: Policy, told: z.array(ToldAgent) });

export const ResolveDraft = question(
  'auth',
  'draft-resolve',
  'Reads a draft, or an earlier version, as putting it would, with the same refusals. Answers the policy that it would make, and the one in force. It keeps nothing.',
  z.strictObject({
    wanted: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('draft'), draft: z.unknown(), agentSetId: z.uuid().optional() }),
      z.strictObject({ kind: z.literal('version'), tenantId: TenantId, version }),
    ]),
  }),
  z.object({ inForce: Resolved, drafted: Resolved }),
);
