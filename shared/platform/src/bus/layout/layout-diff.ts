import { isDeepStrictEqual } from 'node:util';
import type { Layout } from './layout.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What a server has, in its own words, including what is in no contract. */
export type ServerLayout = Readonly<{
  streams: readonly Readonly<{ fields: Fields; bytes: number }>[];
  consumers: readonly Readonly<{ stream: string; fields: Fields }>[];
}>;

export type FieldChange = Readonly<{ field: string; from: unknown; to: unknown }>;

/** One difference from the contracts. `fixed` can only be made anew; `extra` is in no contract. */
export type Difference = Readonly<{
  kind: 'stream' | 'consumer';
  name: string;
  /** The stream that a consumer hears. */
  stream: string;
  change: 'missing' | 'changed' | 'fixed' | 'extra';
  fields: readonly FieldChange[];
  /** What applying the difference loses, each loss by the name that allows it. */
  losses: readonly string[];
}>;

/** The server keeps notes of its own here. */
const own = /^_nats\./;
const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === false ||
  value === 0 ||
  value === '' ||
  (typeof value === 'object' && Object.values(value).every(isEmpty));

/** One form for fields that servers and contracts write differently and mean alike. */
function plainly(fields: Fields): Fields {
  const { filter_subject, filter_subjects, metadata = {}, ...rest } = fields;
  const filters = [...((filter_subjects as readonly string[] | undefined) ?? []), filter_subject].filter(
    (each) => !isEmpty(each),
  );
  const notes = Object.entries(metadata ?? {}).filter(([key]) => !own.test(key));
  const all = { ...rest, filter_subjects: filters.sort(), metadata: Object.fromEntries(notes) };
  return Object.fromEntries(
    Object.entries(all)
      .filter(([, value]) => !isEmpty(value))
      .map(([field, value]) => [field, field === 'subjects' ? [...(value as string[])].sort() : value]),
  );
}

/** Fields that differ from the wanted ones. A field that the contracts do not know must not be there either. */
function changesOf(wanted: Fields, found: Fields, leftOut: readonly string[]): FieldChange[] {
  const [to, from] = [plainly(wanted), plainly(found)];
  return [...new Set([...Object.keys(to), ...Object.keys(from)])]
    .filter((field) => !leftOut.includes(field) && !isDeepStrictEqual(to[field], from[field]))
    .sort()
    .map((field) => ({ field, from: from[field], to: to[field] }));
}

/** No server changes these once a stream or consumer stands. */
const fixed = {
  stream: [
    ...['mirror', 'retention', 'storage', 'first_seq', 'max_consumers', 'persist_mode', 'sealed'],
    ...['allow_msg_counter', 'allow_msg_ttl', 'allow_msg_schedules'],
  ],
  consumer: ['deliver_policy', 'ack_policy', 'deliver_subject', 'replay_policy', 'opt_start_seq', 'name'],
};
/** The moment from which a new consumer hears is its own. */
const momentary = ['opt_start_time'];

const limitOf = (value: unknown): number => (typeof value === 'number' && value > 0 ? value : Number.POSITIVE_INFINITY);

/** Whether changing one field deletes messages that are there now. */
function isLoss({ field, from, to }: FieldChange, bytes: number): boolean {
  if (field === 'max_bytes') return limitOf(to) < bytes;
  if (['max_age', 'max_msgs', 'max_msgs_per_subject'].includes(field)) return limitOf(to) < limitOf(from);
  if (field === 'subjects') return (from as string[]).some((each) => !(to as string[]).includes(each));
  return field === 'discard' && to === 'old';
}

export type Leniency = Readonly<{
  /** Fields that do not count. */
  leftOut?: readonly string[];
  /** Whether things that are in no contract count. */
  extras?: boolean;
}>;

/**
 * All differences between a server and a layout, in the order in which they can be applied: streams before their
 * consumers.
 */
export function differences(
  wanted: Layout,
  found: ServerLayout,
  { leftOut = [], extras = true }: Leniency = {},
): Difference[] {
  const skipped = [...momentary, ...leftOut];
  const streams = wanted.streams.flatMap(({ name, ...fields }): Difference[] => {
    const base = { kind: 'stream' as const, name, stream: name };
    const there = found.streams.find((each) => each.fields.name === name);
    if (there === undefined) return [{ ...base, change: 'missing', fields: [], losses: [] }];
    const changes = changesOf({ name, ...fields }, there.fields, skipped);
    if (changes.length === 0) return [];
    const losses = changes.filter((each) => isLoss(each, there.bytes)).map(({ field }) => `${name}.${field}`);
    const change = changes.some(({ field }) => fixed.stream.includes(field)) ? 'fixed' : 'changed';
    return [{ ...base, change, fields: changes, losses: change === 'fixed' ? [name] : losses }];
  });
  const consumers = wanted.consumers.flatMap(({ stream, fields }): Difference[] => {
    const base = { kind: 'consumer' as const, name: fields.durable_name, stream };
    const there = found.consumers.find((each) => each.stream === stream && each.fields.name === fields.durable_name);
    if (there === undefined) return [{ ...base, change: 'missing', fields: [], losses: [] }];
    const changes = changesOf(fields, there.fields, skipped);
    if (changes.length === 0) return [];
    const change = changes.some(({ field }) => fixed.consumer.includes(field)) ? 'fixed' : 'changed';
    return [{ ...base, change, fields: changes, losses: change === 'fixed' ? [base.name] : [] }];
  });
  return [...streams, ...consumers, ...(extras ? extrasOf(wanted, found) : [])];
}

function extrasOf(wanted: Layout, found: ServerLayout): Difference[] {
  const known = new Set(wanted.streams.map(({ name }) => name));
  const expected = new Set(wanted.consumers.map(({ stream, fields }) => `${stream} ${fields.durable_name}`));
  const extra = { change: 'extra' as const, fields: [] };
  return [
    ...found.streams
      .map(({ fields }) => String(fields.name))
      .filter((name) => !known.has(name))
      .map((name) => ({ ...extra, kind: 'stream' as const, name, stream: name, losses: [name] })),
    ...found.consumers
      .filter(({ stream, fields }) => known.has(stream) && !expected.has(`${stream} ${fields.name}`))
      .map(({ stream, fields: { name } }) => ({
        ...extra,
        kind: 'consumer' as const,
        name: String(name),
        stream,
        losses: [String(name)],
      })),
  ];
}
