import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountOf } from '@vox/cli/account';
import { voxCommand } from '@vox/cli/commands';
import type { Person } from '@vox/cli/person';
import { reach } from '@vox/cli/reach';
import { sentencesOf } from '@vox/cli/sentences';

export type VoxRun = Readonly<{
  said: unknown;
  notes: readonly string[];
  printed: string;
  sentences: readonly string[];
}>;

/** The `vox` command of one machine: its environment, its own folder of logins, and who sits there. */
export function voxOf(env: Record<string, string | undefined> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'vox-http-'));
  const questions: string[] = [];
  let answer: ((text: string) => Promise<string>) | undefined;
  return {
    folder,
    /** What was asked at the terminal. */
    questions,
    /** Somebody sits there from now on, or nobody. */
    sits(person: typeof answer): void {
      answer = person;
    },
    async run(...args: string[]): Promise<VoxRun> {
      const notes: string[] = [];
      let [said, printed]: [unknown, string] = [undefined, ''];
      const note = (text: string): void => void notes.push(text);
      const question = async (text: string): Promise<string> => {
        questions.push(text);
        return (await answer?.(text)) ?? '';
      };
      const person: Person = { isTerminal: answer !== undefined, question, note };
      const all = { XDG_CONFIG_HOME: folder, ...env };
      const reached = (): ReturnType<typeof reach> => reach(all, folder, person);
      const vox = voxCommand(
        {
          ...{ actor: 'operator:test', requestId: randomUUID(), note, isTerminal: false },
          ask: async (...asked) => (await reached()).ask(...asked),
          say: (value) => void (said = value),
          print: async (text) => void (printed += text),
        },
        undefined,
        { ...accountOf(all, person), whoAmI: async () => (await reached()).me?.() },
      );
      const sentences = await vox.parseAsync(args, { from: 'user' }).then(() => [], sentencesOf);
      return { said, notes, printed, sentences };
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
