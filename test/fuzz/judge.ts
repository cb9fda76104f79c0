import type { Operation } from './document.ts';

export type Answer = Readonly<{ status: number; contentType: string; text: string }>;

/** The code that belongs to each status of a failed dependency. */
const unableCodes: Readonly<Record<number, string>> = { 502: 'UPSTREAM_UNAVAILABLE', 503: 'UNAVAILABLE' };

/** Signs of internals: a stack trace, a file, a driver, a validator. */
const insides =
  /node_modules|file:\/\/|\/(?:services|shared|work|home|app|usr)\/|\.[cm]?[jt]s:\d|\bat \w[\w.]* \(|ECONN|E11000|Zod|mongo|ioredis|nats:|BSON|undefined is not|Cannot read/i;

/** What is wrong with an answer, or `undefined`. No answer may hold one of the `secrets`. */
export function wrongWith(operation: Operation, answer: Answer, secrets: readonly string[]): string | undefined {
  const { status, contentType, text } = answer;
  if (status >= 500) {
    const code = contentType.includes('json') ? (JSON.parse(text) as { code?: string }).code : undefined;
    if (code === undefined || unableCodes[status] !== code) return `a ${status} with the code ${code}`;
  }
  const spilt = secrets.find((secret) => text.includes(secret));
  if (spilt !== undefined) return `the answer holds ${spilt}`;
  const refused = status >= 400;
  if (refused && insides.test(text)) return `the answer shows internals: ${insides.exec(text)?.[0]}`;
  return operation.complaint(status, contentType, text);
}
