import { rootCertificates } from 'node:tls';
import { Agent, request } from 'undici';
import { KmsFailure } from './kms-failure.ts';

export type KmsRequest = Readonly<{
  method: 'GET' | 'POST';
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
}>;
export type KmsAnswer = Readonly<{ status: number; body: unknown }>;

/** Asks a key management service over HTTP. Rejects with KmsFailure when no answer in JSON comes in time. */
export type AskKms = (asked: KmsRequest) => Promise<KmsAnswer>;

export type AskKmsOptions = Readonly<{
  /** What a person calls it, such as `AWS KMS`. */
  title: string;
  /** Longest time for the whole of a request. */
  timeoutMs: number;
  /** Authorities that are believed besides those of the system, in PEM. */
  ca?: string | undefined;
}>;

const answerMaxBytes = 65_536;
/** Lines are kept: a handshake for each key would cost more than the key. */
const linesMax = 16;

/** No redirection is followed: a key goes to the host of the settings alone. */
export function askKms({ title, timeoutMs, ca }: AskKmsOptions): AskKms {
  const dispatcher = new Agent({
    connections: linesMax,
    maxResponseSize: answerMaxBytes,
    connect: { timeout: timeoutMs, ...(ca !== undefined && { ca: [...rootCertificates, ca] }) },
  });
  return async ({ method, url, headers, body = null }) => {
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const { statusCode: status, body: answer } = await request(url, { dispatcher, method, headers, body, signal });
      const text = await answer.text();
      return { status, body: text === '' ? {} : JSON.parse(text) };
    } catch (cause) {
      // The error of a parser repeats what it read, which may be a key.
      if (cause instanceof SyntaxError) throw new KmsFailure(`${title} answered something that is no JSON`);
      throw new KmsFailure(`${title} did not answer`, { cause });
    }
  };
}
