import { fieldsOf, type ProviderEvent } from './event.ts';

/**
 * The settings of a call that decide how the agent behaves and what it costs. Whatever else the provider says of a
 * session (its id, when it expires) may change by itself.
 */
const decisive = [
  'type',
  'model',
  'instructions',
  'prompt',
  'tools',
  'tool_choice',
  'output_modalities',
  'max_output_tokens',
  'reasoning',
  'truncation',
  'include',
  'audio',
  // Of a Live session.
  'client',
  'delegation',
  'triggers',
] as const;

export type Settings = Readonly<Record<string, unknown>>;
/** Settings with their hash, by which equal ones are known. */
export type HashedSettings = Readonly<{ settings: Settings; hash: string }>;

const tells: ReadonlySet<string> = new Set(['session.created', 'session.started', 'session.updated']);

/** The settings that an event tells, if it tells them. */
export function settingsIn(event: ProviderEvent): Settings | undefined {
  if (!tells.has(event.type)) return undefined;
  const session = fieldsOf(event.session);
  return Object.fromEntries(decisive.flatMap((name) => (session[name] == null ? [] : [[name, session[name]]])));
}

/** One text for equal settings, in whatever order their fields came. What is null is as if it were not there. */
export const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, each]) => each != null);
  return `{${entries
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`)
    .join(',')}}`;
};

/**
 * What is known of a call's settings: those that it began with, those that it has, and how often they were found
 * changed. `begunAs` is the hash of those that it began with, as the copy that made the call heard them.
 */
export type Drift = Readonly<{
  began: HashedSettings | undefined;
  begunAs: string | undefined;
  now: HashedSettings | undefined;
  times: number;
}>;
export const noDrift = (begunAs?: string): Drift => ({ began: undefined, begunAs, now: undefined, times: 0 });

/**
 * `restore` puts the settings back; `end` ends the call, for they were changed again, or nobody knows what to put back.
 */
export type DriftVerdict = 'fine' | 'restore' | 'end';

/**
 * Takes the settings that a call is told to have. The first that are told are those it began with, unless it is known
 * that it began with others: a copy that begins to hear while they are changed must not take those for ours.
 */
export function told(drift: Drift, now: HashedSettings): Drift {
  const { begunAs = now.hash } = drift;
  const began = drift.began ?? (now.hash === begunAs ? now : undefined);
  return { began, begunAs, now, times: drift.times + (now.hash === begunAs ? 0 : 1) };
}

/** Takes over what another copy knows of the settings that a call began with. */
export function begunWith(drift: Drift, begunAs: string | undefined): Drift {
  if (begunAs === undefined || begunAs === drift.begunAs) return drift;
  return drift.now === undefined ? noDrift(begunAs) : told(noDrift(begunAs), drift.now);
}

/** Judges the settings that a call has now. */
export function judged({ began, begunAs, now, times }: Drift): DriftVerdict {
  if (now === undefined || now.hash === begunAs) return 'fine';
  return began === undefined || times > 1 ? 'end' : 'restore';
}

/**
 * The event that puts settings back (Realtime API, session.update). The model cannot change, nor a voice that spoke.
 */
export function restoring({ model: _fixed, audio, ...settings }: Settings): object {
  const { output, ...heard } = fieldsOf(audio);
  const { voice: _spoken, ...spoken } = fieldsOf(output);
  return {
    type: 'session.update',
    session: { prompt: null, tools: [], ...settings, audio: { ...heard, ...(output != null && { output: spoken }) } },
  };
}
