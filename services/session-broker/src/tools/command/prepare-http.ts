import type { HttpTool } from '@vox/contracts';
import type { Egress } from '@vox/platform/egress';
import { Fault, Reason } from '@vox/platform/fault';
import { expand, hostOf } from '@vox/tools';
import { readAnswer } from '../decide/answer.ts';
import { reasonOf } from '../decide/reasons.ts';
import { borrowFor } from '../publish/borrow-for.ts';
import type { BorrowSecrets } from '../publish/borrow-secrets.ts';
import { type Answered, interruptedUse, type Prepare } from './prepare.ts';

export type HttpToolDependencies = Readonly<{
  toolEgress: Pick<Egress, 'send'>;
  borrowSecrets: BorrowSecrets;
}>;

/** So much of an answer is read: an agent that is told more does not listen. */
const answerBytesMax = 64 * 1024;
const connectMs = 5_000;
const bytesOf = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);

/** Makes the request of an HTTP tool ready: secrets are borrowed for its host alone, and values put into templates. */
export const httpPreparer =
  ({ toolEgress, borrowSecrets }: HttpToolDependencies): Prepare<HttpTool> =>
  async ({ tool: { http }, args, session: { tenantId, agentId }, sessionId, callId }) => {
    const host = hostOf(http.urlTemplate);
    if (host === undefined) return { kind: 'refused', code: 'TOOL_REFUSED', reason: 'url' };
    const templates = [http.headers, http.jsonBodyTemplate];
    const lent = await borrowFor(borrowSecrets, { tenantId, templates, host });
    if (lent.kind === 'refused') return lent;
    const secrets = Object.fromEntries([...lent.values].map(([name, secret]) => [name, secret.reveal()]));
    const expanded = expand(http, { args, secrets, session: { sessionId, tenantId, agentId, callId } });
    if (expanded.kind === 'unfit')
      return { kind: 'refused', code: 'TOOL_REFUSED', reason: 'template', field: expanded.place };
    const { request } = expanded;
    // The secrets are for this host: no value may lead elsewhere, whatever an expansion does.
    if (!URL.canParse(request.url) || new URL(request.url).host !== host)
      throw new Fault('INTERNAL', {}, { cause: new Reason('a tool was expanded to another host') });
    const { method, body = '', headers } = request;
    return {
      ...{ kind: 'ready', host, method, secrets: [...lent.values.values()] },
      bytesOut: bytesOf([request.url, body, ...Object.entries(headers).flat()]),
      async send(signal): Promise<Answered> {
        const limits = { connectMs: Math.min(connectMs, http.timeoutMs), wholeMs: http.timeoutMs };
        const asked = { ...request, ...limits, bodyMaxBytes: answerBytesMax, owner: tenantId, signal };
        const sent = await toolEgress.send(asked);
        if (sent.kind === 'failed' && sent.reason === 'aborted') return interruptedUse;
        if (sent.kind !== 'answered') return { kind: sent.kind, reason: reasonOf(sent.reason), bytesIn: 0 };
        return { ...readAnswer(sent, http), status: sent.status, bytesIn: sent.body.length };
      },
    };
  };
