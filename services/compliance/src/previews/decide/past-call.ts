import {
  type Amount,
  type AuditEntry,
  CallMode,
  type EndReason,
  type IdentityKind,
  SessionCheck,
} from '@vox/contracts';

/** What the audit log tells of a call besides its record. `undefined` stands for what it does not tell. */
export type ToldCall = Readonly<{
  /** What was asked for by name; what is left out was the default. */
  asked?:
    | Readonly<{
        agentId?: string | undefined;
        model?: string | undefined;
        voice?: string | undefined;
        passed?: readonly SessionCheck[] | undefined;
      }>
    | undefined;
  granted?: Readonly<{ model?: string; voice?: string; mode: CallMode; idleSeconds?: number }> | undefined;
  /** Names of the tools that it used. */
  tools: readonly string[];
}>;

/** A call that is over. */
export type PastCall = ToldCall &
  Readonly<{
    sessionId: string;
    /** Left out for a call from before it was kept. */
    kind?: IdentityKind | undefined;
    widgetKey?: string | undefined;
    agentId: string;
    /** Tells the calls of one person from those of others, and is never told. */
    person: string;
    startedAtMs: number;
    /** The day of its start, YYYY-MM-DD, in the zone of the draft: the budget of that day pays for it. */
    day: string;
    endedAtMs: number;
    endReason: EndReason | null;
    used: Amount | null;
  }>;

/** What a rule would have done to a call. */
export type Outcome =
  | Readonly<{ kind: 'refused' }>
  | Readonly<{ kind: 'earlier'; seconds: number }>
  | Readonly<{ kind: 'unknown' }>;
export type Outcomes = ReadonlyMap<PastCall, Outcome>;

export const refused: Outcome = { kind: 'refused' };
export const unknown: Outcome = { kind: 'unknown' };

/** The facts of calls that tell how they began. */
export const factsOf = (sessionIds: readonly string[]) => ({
  factIds: sessionIds.flatMap((id) => [`requested:${id}`, `granted:${id}`]),
  beginnings: [],
});
/** The facts of the tools that calls used. */
export const toolUsesOf = (sessionIds: readonly string[]) => ({
  factIds: [],
  beginnings: sessionIds.map((id) => `tool-used:${id}:`),
});

type Entry = Pick<AuditEntry, 'factId' | 'data'>;

/** What entries of the audit log tell of calls, by their ids. */
export function toldBy(entries: readonly Entry[]): ReadonlyMap<string, ToldCall> {
  const told = new Map<string, ToldCall>();
  for (const { factId, data: text } of entries) {
    const [what = '', sessionId = ''] = factId.split(':');
    const data = JSON.parse(text) as Readonly<Record<string, unknown>>;
    told.set(sessionId, withFact(told.get(sessionId) ?? { tools: [] }, what, data));
  }
  return told;
}

function withFact(call: ToldCall, what: string, data: Readonly<Record<string, unknown>>): ToldCall {
  if (what === 'tool-used') {
    const name = textIn(data.name);
    return name === undefined || call.tools.includes(name) ? call : { ...call, tools: [...call.tools, name] };
  }
  const [model, voice] = [textIn(data.model), textIn(data.voice)];
  if (what === 'requested')
    return { ...call, asked: { agentId: textIn(data.agentId), model, voice, passed: checksIn(data.passed) } };
  const { idleSeconds } = data;
  const granted = {
    // A grant that names no mode is of a direct call.
    mode: CallMode.catch('direct').parse(data.mode),
    ...(model !== undefined && { model }),
    ...(voice !== undefined && { voice }),
    ...(typeof idleSeconds === 'number' && { idleSeconds }),
  };
  return { ...call, granted };
}

const textIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const checksIn = (value: unknown): readonly SessionCheck[] | undefined => SessionCheck.array().safeParse(value).data;
