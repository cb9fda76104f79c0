import type { Egress } from '@vox/platform/egress';
import { Fault, Reason } from '@vox/platform/fault';
import type { z } from 'zod';

/** A verifier of an installation, and the way to it. */
export type VerifierAddress = Readonly<{ egress: Pick<Egress, 'send'>; url: string; timeoutMs: number }>;
type Asked = VerifierAddress & Readonly<{ tenantId: string; body: unknown; headers: Readonly<Record<string, string>> }>;

/** A verdict is some hundred bytes. */
const bodyMaxBytes = 16_384;

/**
 * Asks a verifier over HTTP. Whatever is no answer of its shape is Fault UNAVAILABLE: it neither proves nor disproves a
 * person.
 */
export async function askVerifier<S extends z.ZodType>(
  { egress, url, timeoutMs, tenantId, body, headers }: Asked,
  answer: S,
): Promise<z.infer<S>> {
  try {
    const outcome = await egress.send({
      ...{ url, method: 'POST', body: JSON.stringify(body), owner: tenantId },
      headers: { 'content-type': 'application/json', ...headers },
      ...{ connectMs: timeoutMs, wholeMs: timeoutMs, bodyMaxBytes },
    });
    if (outcome.kind !== 'answered') throw new Reason(`it was not reached: ${outcome.reason}`);
    if (outcome.status < 200 || outcome.status > 299) throw new Reason(`it answered ${outcome.status}`);
    return answer.parse(JSON.parse(outcome.body.toString('utf8')));
  } catch (cause) {
    throw new Fault('UNAVAILABLE', {}, { cause });
  }
}
