import type { HttpCall, ToolReason, ToolUi } from '@vox/contracts';
import type { Json, ShownResult } from './outcome.ts';

/** An answer as it came: its status and the bytes of its body. Its headers are read by nobody. */
export type RawAnswer = Readonly<{ status: number; body: Uint8Array; isCut: boolean }>;
export type ReadAnswer =
  | Readonly<{ kind: 'answered'; ok: boolean; value: Json }>
  | Readonly<{ kind: 'failed'; reason: ToolReason }>;

const utf8 = new TextDecoder('utf-8', { fatal: true });
const isSuccess = (status: number): boolean => status >= 200 && status < 300;
const isRedirect = (status: number): boolean => status >= 300 && status < 400;

function parsed(body: Uint8Array): Json | undefined {
  try {
    return JSON.parse(utf8.decode(body)) as Json;
  } catch {
    return undefined;
  }
}

/**
 * Reads the answer of a tool: JSON or nothing. What is no JSON is of no use, unless the status says by itself that the
 * tool has not done what it was asked.
 */
export function readAnswer({ status, body, isCut }: RawAnswer, { okField }: Pick<HttpCall, 'okField'>): ReadAnswer {
  if (isRedirect(status)) return { kind: 'failed', reason: 'redirect' };
  if (isCut) return { kind: 'failed', reason: 'answer-too-large' };
  const value = body.length === 0 ? null : parsed(body);
  if (value === undefined)
    return isSuccess(status)
      ? { kind: 'failed', reason: 'not-json' }
      : { kind: 'answered', ok: false, value: { status } };
  const ok = isSuccess(status) && (okField === undefined || memberAt(value, okField) === true);
  return { kind: 'answered', ok, value };
}

/** No answer of use is nested deeper, and what reads one later goes down into it by calls of functions. */
const depthMax = 64;

/** Whether an answer is nested deeper than is read. It is gone through without going down. */
export function isTooDeep(value: Json): boolean {
  let level: Json[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    const nested = level.filter((each) => typeof each === 'object' && each !== null);
    if (nested.length > 0 && depth === depthMax) return true;
    level = nested.flatMap((each) => Object.values(each as object) as Json[]);
  }
  return false;
}

/** An own member by its place, such as `order.status` or `lines.0.name`. */
export function memberAt(value: Json, path: string): Json | undefined {
  let found: Json | undefined = value;
  for (const name of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined;
    found = (found as Readonly<Record<string, Json>>)[name];
  }
  return found;
}

/** What the page shows of a value: the fields that are named and there, in their order. */
export const shownOf = ({ kind, title, fields }: ToolUi, value: Json): ShownResult => ({
  kind,
  ...(title !== undefined && { title }),
  fields: fields.flatMap((path) => {
    const found = memberAt(value, path);
    return found === undefined ? [] : [{ path, value: found }];
  }),
});
