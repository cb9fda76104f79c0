import { z } from 'zod';
import type { ServiceName, StreamName } from './names.ts';

/**
 * One kind of fact: its name in the past tense, its version, whom it concerns, the stream that holds it, who may
 * publish it, and the only schema of its data. Streams, rights and documentation are built from this. A breaking change
 * is a new kind beside the old one.
 */
export type FactKind<
  N extends string = string,
  D extends z.ZodType = z.ZodType,
  S extends StreamName = StreamName,
> = Readonly<{
  name: N;
  version: number;
  scope: 'tenant' | 'session';
  stream: S;
  publishers: readonly ServiceName[];
  summary: string;
  data: D;
}>;

/** A fact is a CloudEvents 1.0 event; `subject` is the tenant, or tenant and session. */
export type Fact<K extends FactKind = FactKind> = Readonly<{
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  subject: string;
  time: string;
  datacontenttype: 'application/json';
  traceparent?: string | undefined;
  data: z.infer<K['data']>;
}>;

export const factKind = <const N extends `vox.${string}.${string}`, D extends z.ZodObject, const S extends StreamName>(
  kind: FactKind<N, D, S>,
): FactKind<N, D, S> => kind;

export const typeOf = (kind: FactKind): string => `${kind.name}.v${kind.version}`;

type Head = Readonly<{ id: string; source: string; at: Date; traceparent?: string | undefined }>;

/** Makes a fact. `id` must derive from the cause, so that a repeat is a duplicate and not a second fact. */
export function makeFact<K extends FactKind>(kind: K, head: Head, data: z.infer<K['data']>): Fact<K> {
  return {
    specversion: '1.0',
    id: head.id,
    source: head.source,
    type: typeOf(kind),
    subject: ownerOf(kind, data).join('/'),
    time: head.at.toISOString(),
    datacontenttype: 'application/json',
    traceparent: head.traceparent,
    data,
  };
}

/** `vox.<area>.<fact>.<tenant>[.<session>]`: the tenant after the fact, so that one filter catches all tenants. */
export const subjectNameOf = (kind: FactKind, fact: Fact): string => [kind.name, ...ownerOf(kind, fact.data)].join('.');
export const subjectFilterOf = (kind: FactKind): string => `${kind.name}.>`;

/**
 * The prefix under which the server republishes the facts of open streams, for those who watch. Nobody may publish
 * there, and no service works on these messages.
 */
export const republishedPrefix = 'told.';

function ownerOf(kind: FactKind, data: unknown): string[] {
  const { tenantId, sessionId } = data as { tenantId: string; sessionId?: string };
  return kind.scope === 'session' && sessionId !== undefined ? [tenantId, sessionId] : [tenantId];
}

const Envelope = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(200),
  source: z.string().min(1).max(100),
  type: z.string(),
  subject: z.string(),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  traceparent: z.string().max(55).optional(),
  data: z.unknown(),
});

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/** Thrown for bytes that are no fact of the expected kinds. The cause names fields and never repeats values. */
export class MalformedFact extends Error {}

/** Parses bytes from the bus into a fact of one of `kinds`. Throws MalformedFact, which a consumer rejects. */
export function decodeFact<K extends FactKind>(kinds: readonly K[], bytes: Uint8Array): { kind: K; fact: Fact<K> } {
  const envelope = Envelope.safeParse(parseJson(bytes));
  if (!envelope.success) throw new MalformedFact(`envelope: ${fieldsOf(envelope.error)}`);
  const kind = kinds.find((each) => typeOf(each) === envelope.data.type);
  if (kind === undefined) throw new MalformedFact('type: not of a kind and version that this consumer knows');
  const data = kind.data.safeParse(envelope.data.data);
  if (!data.success) throw new MalformedFact(`data: ${fieldsOf(data.error)}`);
  return { kind, fact: { ...envelope.data, data: data.data } as Fact<K> };
}

const encoder = new TextEncoder();
export const encodeFact = (fact: Fact): Uint8Array => encoder.encode(JSON.stringify(fact));

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(strictUtf8.decode(bytes));
  } catch {
    throw new MalformedFact('body: not JSON in UTF-8');
  }
}

const fieldsOf = (error: z.ZodError): string =>
  error.issues.map((issue) => `${issue.path.map(String).join('.') || '(whole)'} ${issue.code}`).join(', ');
