import { Fault, Reason } from '../fault/mod.ts';
import { classOf } from './what-broke.ts';

export type CleanError = Readonly<{
  type: string;
  code?: string | number;
  /** Only for errors of our own. */
  message?: string;
  stack?: readonly string[];
  cause?: CleanError;
}>;

const deepest = 6;
const framesMax = 8;
/** A place in the code, as V8 writes it. The rest of a stack holds the message, which may look like a place. */
const frame = /^\s+at (?:[\w$.<>#[\] ]{1,120} \()?(?:file:\/\/|node:|\/)[^\s()]{1,300}:\d+:\d+\)?$/;

/**
 * The kind, code, place and cause of an error. A foreign error's message may repeat what was sent, so only our own
 * messages are kept.
 */
export function cleanError(error: unknown, withStack = true, depth = 0): CleanError {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, cause } = error as Error & { code?: unknown };
  return {
    type: classOf(error),
    ...(isCode(code) && { code }),
    ...(error instanceof Reason && { message: error.message }),
    ...(withStack && framesOf(error)),
    ...(cause instanceof Error && depth < deepest && { cause: cleanError(cause, withStack, depth + 1) }),
  };
}

const isCode = (code: unknown): code is string | number =>
  typeof code === 'number' || (typeof code === 'string' && /^[A-Z][A-Z0-9_]{0,60}$/.test(code));

function framesOf(error: Error): { stack?: readonly string[] } {
  if (error instanceof Fault && error.code !== 'INTERNAL') return {};
  const head = `${error.name}: ${error.message}`;
  const { stack = '' } = error;
  const places = (stack.startsWith(head) ? stack.slice(head.length) : stack)
    .split('\n')
    .filter((line) => frame.test(line))
    .slice(0, framesMax)
    .map((line) => line.trim());
  return places.length === 0 ? {} : { stack: places };
}
