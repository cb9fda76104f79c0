import { randomUUID } from 'node:crypto';
import { voxCommand } from '@vox/cli/commands';
import { exitCodeOf } from '@vox/cli/exit-code';
import { sentencesOf } from '@vox/cli/sentences';
import type { MemoryBus } from '@vox/platform/bus';

const why = ['--reason', 'a test'];

/** A command line of whoever operates VOX with one mistake in it, and the sentence that must answer it. */
export const busMistakes: readonly (readonly [readonly string[], RegExp])[] = [
  [['facts', 'tail', '--kind', 'x'], /^--kind <kind\.\.\.> must be one of: .*session\.granted.*; “x” was given\.$/],
  [['facts', 'tail', '--from', 'soon'], /^--from <moment> must be a day or a moment/],
  [['facts', 'show', '--tenant', 'Demo'], /^--tenant <tenant> must be 1–40 lower-case letters.*; “Demo” was given\.$/],
  [['facts', 'show', '--session', 'x'], /^--session <id> must be a UUID, such as .*; “x” was given\.$/],
  [['facts', 'show', '--limit', '0'], /^--limit must be at least 1\.$/],
  [['facts', 'show', '--from', '2026-05-02', '--to', '2026-05-01'], /^--from must be before --to\.$/],
  [['why', 'a b'], /^<id> must be the id of a call \(a UUID\), of a request or of a fact: .*“a b” was given\.$/],
  [['why', randomUUID(), '--tenant', 'Demo'], /^--tenant <tenant> must be 1–40/],
  [['dead', 'list', '--consumer', 'x'], /^--consumer <consumer> must be one of: .*quota-requests.*; “x” was given\.$/],
  [['dead', 'show', '0'], /^<letter> must be the number of a letter, as `vox dead list` shows it; “0” was given\.$/],
  [['dead', 'show', '99'], /^<letter> is no dead letter that is there: 99\.$/],
  [['dead', 'replay', '1'], /^the option --reason <why> must be given\.$/],
  [['dead', 'replay', ...why], /^<letter> must be given, or else --consumer, --tenant or --all, and not both\.$/],
  [['dead', 'replay', '1', '--all', ...why], /^<letter> must be given, or else --consumer/],
  [['dead', 'replay', '1', '--reason', 'x'.repeat(201)], /^reason must have at most 200 characters\.$/],
  [['dead', 'drop', 'x', ...why], /^<letter> must be a whole number; “x” was given\.$/],
  [['lag', '--service', 'x'], /^--service <service> must be one of: edge-guard, auth, quota, .*; “x” was given\.$/],
  [['streams', 'more'], /more arguments than this command takes/],
  [['sessions', '--kind', 'x'], /^--kind <kind> must be one of: widget, console; “x” was given\.$/],
  [['sessions', '--tenant', 'Demo'], /^--tenant <tenant\.\.\.> must be 1–40/],
  [['sessions', '--agent', 'guide'], /^--agent is for ended calls alone\.$/],
  [['sessions', '--end-reason', 'idle'], /^--end-reason is for ended calls alone\.$/],
  [['sessions', '--ended', '--kind', 'widget'], /^--kind is for live calls alone\.$/],
  [
    ['sessions', '--ended', '--end-reason', 'x'],
    /^--end-reason <why> must be one of: client, idle, .*; “x” was given\.$/,
  ],
  [['sessions', '--ended', '--key', 'x'], /^--key <key> must be a widget key, .*; “x” was given\.$/],
  [['sessions', '--ended', '--from', 'soon'], /^--from <moment> must be a day or a moment/],
  [['sessions', '--ended', '--tenant', 'demo', '--limit', '0'], /^limit must be at least 1\.$/],
  [['drain', 'x', ...why], /^<service> must be one of: edge-guard, auth, quota, session-broker, compliance; “x” was/],
  [['drain', 'quota', '--all'], /^the option --reason <why> must be given\.$/],
  [
    ['drain', 'quota', '--all', '--wait', 'long', ...why],
    /^--wait <seconds> must be a whole number; “long” was given\.$/,
  ],
  [['context', 'add', 'x'], /^context add needs one of: --url for HTTP, --nats-url for the bus\.$/],
  [['context', 'list', 'x'], /more arguments than this command takes/],
  [['context', 'use'], /^<name> is missing\.$/],
  [['context', 'remove'], /^<name> is missing\.$/],
  [['completion', 'tcsh'], /^<shell> must be one of: bash, zsh, fish; “tcsh” was given\.$/],
];

export type VoxRun = Readonly<{
  said: unknown;
  printed: string;
  notes: readonly string[];
  sentences: readonly string[];
  code: number;
}>;

/** Runs `vox` as the operator of an all-in-one. `until` ends what is live. */
export async function voxOn(bus: MemoryBus, args: readonly string[], until?: AbortSignal): Promise<VoxRun> {
  const notes: string[] = [];
  let [said, printed, code]: [unknown, string, number] = [undefined, '', 0];
  const before = process.exitCode;
  const vox = voxCommand({
    ...{ ask: bus.ask, view: async () => bus.view, actor: 'operator:test', requestId: randomUUID() },
    ...{ say: (answer) => void (said = answer), note: (text) => void notes.push(text) },
    print: async (text) => void (printed += text),
    ...(until && { until: () => until }),
  });
  const sentences = await vox.parseAsync([...args], { from: 'user' }).then(
    () => [],
    (error: unknown) => {
      code = exitCodeOf(error);
      return sentencesOf(error);
    },
  );
  if (sentences.length === 0 && typeof process.exitCode === 'number') code = process.exitCode;
  process.exitCode = before ?? 0;
  return { said, printed, notes, sentences, code };
}
