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
] as const;

export type Settings = Readonly<Record<string, unknown>>;

/** The settings that an event tells, if it tells them. */
export function settingsIn(event: ProviderEvent): Settings | undefined {
  if (event.type !== 'session.created' && event.type !== 'session.updated') return undefined;
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

/** What is known of a call's settings: those that it began with, and how often they were found changed. */
export type Drift = Readonly<{ began: Settings | undefined; times: number }>;
export const noDrift: Drift = { began: undefined, times: 0 };

/** `restore` puts the settings back; `end` ends the call, for they were changed again. */
export type DriftVerdict = 'fine' | 'restore' | 'end';

/** Judges the settings that a call is told to have. The first that are told are those it began with. */
export function judged(drift: Drift, settings: Settings): Readonly<{ drift: Drift; verdict: DriftVerdict }> {
  if (drift.began === undefined) return { drift: { began: settings, times: 0 }, verdict: 'fine' };
  if (canonical(drift.began) === canonical(settings)) return { drift, verdict: 'fine' };
  const times = drift.times + 1;
  return { drift: { ...drift, times }, verdict: times > 1 ? 'end' : 'restore' };
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
