import { Fault, Reason } from '@vox/platform/fault';
import type { z } from 'zod';

type Asked = Readonly<{ url: string; timeoutMs: number; body: unknown; headers: Readonly<Record<string, string>> }>;

/**
 * Asks a verifier over HTTP. Whatever is no answer of its shape is Fault UNAVAILABLE: it neither proves nor disproves a
 * person.
 */
export async function askVerifier<S extends z.ZodType>(
  { url, timeoutMs, body, headers }: Asked,
  answer: S,
): Promise<z.infer<S>> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw new Reason(`it answered ${response.status}`);
    return answer.parse(await response.json());
  } catch (cause) {
    throw new Fault('UNAVAILABLE', {}, { cause });
  }
}
