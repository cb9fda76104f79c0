import { Me, writtenRequest } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { Fault, issuesOf } from '@vox/platform/fault';
import type { Credential } from './credential.ts';
import { rowFor } from './row.ts';

/** Asks questions over `/api/v1`. */
export type HttpReach = Readonly<{ ask: Bus['ask']; me: () => Promise<Me> }>;

const otherVersion = (): Fault =>
  new Fault('UNAVAILABLE', { message: 'the server answers what this vox does not understand: have both one version?' });

/**
 * Asks with a credential, whose tenant is asked for first, once. A request that is wrong is refused here as the service
 * would refuse it, so that nothing odd gets into a path.
 */
export function httpReach(credential: Credential): HttpReach {
  let known: Promise<Me> | undefined;
  async function findMe(): Promise<Me> {
    const read = Me.safeParse(await credential.send({ method: 'GET', target: '/api/v1/me' }));
    if (!read.success) throw otherVersion();
    return read.data;
  }
  const me = (): Promise<Me> => {
    known ??= findMe();
    return known;
  };
  const ask: Bus['ask'] = async (question, request, { timeoutMs } = {}) => {
    const asked = question.request.safeParse(request);
    if (!asked.success) throw new Fault('INVALID_REQUEST', { issues: issuesOf(asked.error) });
    const row = rowFor(question, asked.data, (await me()).tenantId);
    const { target, body, ifMatch } = writtenRequest(row, asked.data as Record<string, unknown>);
    const answer = await credential.send({
      ...{ method: row.method.toUpperCase(), target, ifMatch, action: row.question.action },
      body: body === undefined ? undefined : JSON.stringify(body),
      ...(timeoutMs !== undefined && { timeoutMs: Math.max(timeoutMs, 15_000) }),
    });
    const reply = question.reply.safeParse(answer);
    if (!reply.success) throw otherVersion();
    return reply.data as never;
  };
  return { ask, me };
}
