import { withoutSecrets } from './without-secrets.ts';

type Form = RegExp | 'sentence' | 'number';

const code = /^[A-Za-z][A-Za-z0-9_.-]{0,60}$/;
const word = /^[a-z][a-z-]{0,60}$/;
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const traceId = /^[0-9a-f]{32}$/;
const spanId = /^[0-9a-f]{16}$/;
const moment = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
/** Forms that say enough by themselves. */
const ids: readonly Form[] = [uuid, traceId, spanId, moment];
const hosts = /^[A-Za-z0-9._:[\], -]{1,200}$/;

/** The keys of our log lines that are told, and the form that their values must have. Any other key is left out. */
const told: Readonly<Record<string, Form>> = {
  level: word,
  time: moment,
  service: word,
  msg: 'sentence',
  trace_id: traceId,
  span_id: spanId,
  dependency: word,
  tried: hosts,
  says: 'sentence',
  check: 'sentence',
  because: 'sentence',
  consumer: word,
  reason: word,
  outcome: word,
  signal: /^SIG[A-Z]{2,8}$/,
  environment: word,
  tenantId: word,
  sessionId: uuid,
  status: 'number',
  offsetMs: 'number',
  count: 'number',
  seconds: 'number',
};
const ofError: Readonly<Record<string, Form>> = {
  type: code,
  code: /^(?:[A-Z][A-Z0-9_]{0,40}|\d{1,5})$/,
  message: 'sentence',
};

function inItsForm(value: unknown, form: Form): string | number | undefined {
  if (form === 'number') return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  if (form === 'sentence') return typeof value === 'string' ? withoutSecrets(value.slice(0, 500)) : undefined;
  const text = String(value);
  const isPlain = ids.includes(form) || withoutSecrets(text) === text;
  return form.test(text) && isPlain ? value : undefined;
}

const pick = (fields: object, forms: Readonly<Record<string, Form>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(forms).flatMap(([name, form]) => {
      const value = inItsForm((fields as Record<string, unknown>)[name], form);
      return value === undefined ? [] : [[name, value]];
    }),
  );

function objectIn(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Lines of a log of ours, each with the keys that are told alone. What is no line of ours is counted. */
export function toldLines(text: string, linesMax: number): Readonly<{ lines: readonly string[]; leftOut: number }> {
  const all = text.split('\n').filter((line) => line.trim() !== '');
  const last = all.slice(-linesMax).map(objectIn);
  const lines = last.flatMap((fields) => {
    if (fields === undefined) return [];
    const { error } = fields as { error?: unknown };
    const broken = typeof error === 'object' && error !== null ? { error: pick(error, ofError) } : {};
    return [JSON.stringify({ ...pick(fields, told), ...broken })];
  });
  return { lines, leftOut: last.length - lines.length };
}
