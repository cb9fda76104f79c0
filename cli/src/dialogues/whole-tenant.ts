import { randomUUID } from 'node:crypto';
import {
  type Acting,
  type Agent,
  type Policy,
  type PreviewedPolicy,
  PreviewPolicy,
  PutAgent,
  PutTenant,
  ShowAgent,
  ShowTenant,
  TenantDraft,
} from '@vox/contracts';
import { Fault, issuesOf } from '@vox/platform/fault';
import type { z } from 'zod';
import { jsonOf } from '../files/json-file.ts';
import type { Operator } from '../reach/operator.ts';

type WithAsk = Pick<Operator, 'ask'>;
type PutReply = z.infer<(typeof PutTenant)['reply']>;

/** A draft up to this size fits in one message. A larger one sends its agents before it. */
const wholeBytesMax = 512 * 1024;
/** A preview reads the records of many calls. */
export const previewMs = 20_000;

/** A draft as one message carries it. */
type SentDraft = Readonly<{ draft: unknown; agentSetId?: string }>;

/** Reads the draft of a file, and sends the agents of a large one. Lists every mistake before it sends anything. */
async function sentDraft({ ask }: WithAsk, file: string): Promise<SentDraft> {
  const draft = jsonOf(file);
  const read = TenantDraft.safeParse(draft);
  if (!read.success) throw new Fault('INVALID_REQUEST', { issues: issuesOf(read.error) });
  if (Buffer.byteLength(JSON.stringify(draft)) <= wholeBytesMax) return { draft };
  const { tenantId, agents } = read.data;
  const agentSetId = randomUUID();
  for (const agent of agents) await ask(PutAgent, { tenantId, agentSetId, agent });
  return { draft: { ...(draft as object), agents: agents.map(({ agentId }) => ({ agentId })) }, agentSetId };
}

/** Puts the tenant of a file. */
export async function putTenant(
  { ask }: WithAsk,
  file: string,
  by: Acting & Readonly<{ ifVersion?: number | undefined }>,
): Promise<PutReply> {
  return ask(PutTenant, { ...(await sentDraft({ ask }, file)), ...by });
}

/** Asks what putting the tenant of a file would have done to the calls of the last days. */
export async function previewTenant({ ask }: WithAsk, file: string, days: number): Promise<PreviewedPolicy> {
  return ask(PreviewPolicy, { ...(await sentDraft({ ask }, file)), days }, { timeoutMs: previewMs });
}

type WholePolicy = Omit<Policy, 'agents'> & Readonly<{ agents: readonly Agent[] }>;

/** A policy with the instructions of its agents. Asks once more when the policy was replaced meanwhile. */
export async function wholePolicy({ ask }: WithAsk, tenantId: string, tries = 2): Promise<WholePolicy> {
  const { policy } = await ask(ShowTenant, { tenantId });
  const { agentSetId } = policy;
  try {
    const agents: Agent[] = [];
    for (const { agentId } of policy.agents)
      agents.push((await ask(ShowAgent, { tenantId, agentSetId, agentId })).agent);
    return { ...policy, agents };
  } catch (error) {
    if (tries > 1 && error instanceof Fault && error.code === 'NOT_FOUND')
      return wholePolicy({ ask }, tenantId, tries - 1);
    throw error;
  }
}
