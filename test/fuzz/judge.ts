import type { Operation } from './document.ts';

export type Heard = Readonly<{ status: number; contentType: string; text: string }>;

/** What the contract says when it can do nothing: a dependency of ours, or the provider. */
const unableCodes: Readonly<Record<number, string>> = { 502: 'UPSTREAM_UNAVAILABLE', 503: 'UNAVAILABLE' };

/** Signs of what stands behind the door: a stack, a file, a driver, a validator. */
const insides =
  /node_modules|file:\/\/|\/(?:services|shared|work|home|app|usr)\/|\.[cm]?[jt]s:\d|\bat \w[\w.]* \(|ECONN|E11000|Zod|mongo|ioredis|nats:|BSON|undefined is not|Cannot read/i;

/** What is wrong with an answer, or `undefined`. `secrets` may stand in no answer at all. */
export function wrongWith(operation: Operation, heard: Heard, secrets: readonly string[]): string | undefined {
  const { status, contentType, text } = heard;
  if (status >= 500) {
    const code = contentType.includes('json') ? (JSON.parse(text) as { code?: string }).code : undefined;
    if (code === undefined || unableCodes[status] !== code) return `a ${status} with the code ${code}`;
  }
  const spilt = secrets.find((secret) => text.includes(secret));
  if (spilt !== undefined) return `${spilt} stands in the answer`;
  const refused = status >= 400;
  if (refused && insides.test(text)) return `the answer tells of the inside: ${insides.exec(text)?.[0]}`;
  return operation.complaint(status, contentType, text);
}
