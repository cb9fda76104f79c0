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
/** An answer in a language of its own. */
export type TextAnswer = Readonly<{ status: number; text: string }>;
export type AskText = (asked: KmsRequest) => Promise<TextAnswer>;

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
export function askText({ title, timeoutMs, ca }: AskKmsOptions): AskText {
  const dispatcher = new Agent({
    connections: linesMax,
    maxResponseSize: answerMaxBytes,
    connect: { timeout: timeoutMs, ...(ca !== undefined && { ca: [...rootCertificates, ca] }) },
  });
  return async ({ method, url, headers, body = null }) => {
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const { statusCode: status, body: answer } = await request(url, { dispatcher, method, headers, body, signal });
      return { status, text: await answer.text() };
    } catch (cause) {
      throw new KmsFailure(`${title} did not answer`, { cause });
    }
  };
}

/** The same for what answers in JSON. */
export function askKms(options: AskKmsOptions): AskKms {
  const ask = askText(options);
  return async (asked) => {
    const { status, text } = await ask(asked);
    return { status, body: text === '' ? {} : jsonIn(text, options.title) };
  };
}

function jsonIn(text: string, title: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The error of a parser repeats what it read, which may be a key.
    throw new KmsFailure(`${title} answered something that is no JSON`);
  }
}
