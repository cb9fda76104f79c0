import { createHash } from 'node:crypto';
import type { Agent, DiffPolicyVersions, ShownDraft, ShowPolicyVersion } from '@vox/contracts';
import type { z } from 'zod';
import { differences } from '../decide/difference.ts';
import { headOf } from '../decide/policy-version.ts';
import { type FindVersionDependencies, type FoundVersion, findVersion } from './find-version.ts';

type Asked<Q extends { request: z.ZodType }> = z.infer<Q['request']>;
type Reply<Q extends { reply: z.ZodType }> = z.input<Q['reply']>;

/** The hash that stands for a text. */
export const hashOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('base64url')}`;
const hashesOf = ({ instructions, tools }: Agent) => ({
  instructions: hashOf(instructions),
  tools: hashOf(JSON.stringify(tools)),
});

/** A draft as whoever may read the policy may see it: what agents are told stands there as hashes. */
const shown = ({ kept, agents }: FoundVersion): ShownDraft => ({
  ...kept.draft,
  agents: agents.map((agent, n) => ({ ...(kept.draft.agents[n] as ShownDraft['agents'][number]), ...hashesOf(agent) })),
});

export const showVersion =
  (dependencies: FindVersionDependencies) =>
  async ({ tenantId, version }: Asked<typeof ShowPolicyVersion>): Promise<Reply<typeof ShowPolicyVersion>> => {
    const found = await findVersion(dependencies, tenantId, version);
    return { ...headOf(found.kept), draft: shown(found) };
  };

export const diffVersions =
  (dependencies: FindVersionDependencies) =>
  async ({
    tenantId,
    fromVersion,
    toVersion,
  }: Asked<typeof DiffPolicyVersions>): Promise<Reply<typeof DiffPolicyVersions>> => {
    const before = shown(await findVersion(dependencies, tenantId, fromVersion, 'fromVersion'));
    const after = shown(await findVersion(dependencies, tenantId, toVersion, 'toVersion'));
    return { changes: differences(before, after, hashOf) };
  };
