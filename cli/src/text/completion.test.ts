import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, describe, expect, it } from 'vitest';
import { voxCommand } from '../commands.ts';
import { completionFor, placesOf, type Shell } from './completion.ts';

const nothing = async () => undefined;
const vox = voxCommand({
  ...{ ask: nothing as never, actor: 'operator:test', requestId: 'r1' },
  ...{ say: nothing, note: nothing, print: nothing },
});
const folder = mkdtempSync(join(tmpdir(), 'vox-completion-'));
afterAll(() => rmSync(folder, { recursive: true }));
const script = (shell: Shell): string => {
  const file = join(folder, `vox.${shell}`);
  writeFileSync(file, completionFor(shell, vox));
  return file;
};
const has = (shell: Shell): boolean => spawnSync(shell, ['-c', 'true']).error === undefined;

/** What each shell offers behind these words, of which the last one is still being typed. */
const offered: Readonly<Record<'bash' | 'fish', (words: readonly string[]) => string[]>> = {
  bash(words) {
    const list = words.map((word) => `'${word}'`).join(' ');
    const typed = `source '${script('bash')}'; COMP_WORDS=(${list}); COMP_CWORD=${words.length - 1}; _vox; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return lines(spawnSync('bash', ['--norc', '-c', typed], { encoding: 'utf8' }));
  },
  fish(words) {
    const typed = `source '${script('fish')}'; complete -C '${words.join(' ')}'`;
    return lines(spawnSync('fish', ['--no-config', '-c', typed], { encoding: 'utf8' })).map(
      (line) => line.split('\t')[0] ?? '',
    );
  },
};
function lines({
  stdout,
  stderr,
  status,
}: Readonly<{ stdout: string; stderr: string; status: number | null }>): string[] {
  expect([status, stderr]).toEqual([0, '']);
  return stdout.split('\n').filter((line) => line !== '');
}
const everyCommand = (command: Command): Command[] => [command, ...command.commands.flatMap(everyCommand)];

describe('the completion', () => {
  it('knows every command and every option of the table of commands', () => {
    const places = placesOf(vox);
    expect(places.length).toBe(everyCommand(vox).length);
    for (const command of everyCommand(vox)) {
      const words = command.options.map(({ long }) => long);
      const place = places.find(({ words: known }) => words.every((word) => known.some((each) => each.word === word)));
      expect(place, command.name()).toBeDefined();
    }
  });
  for (const shell of ['bash', 'fish'] as const)
    it.skipIf(!has(shell))(
      `of ${shell} offers commands, options, and the values of an option or of an argument`,
      () => {
        const offers = (...words: string[]) => offered[shell](words);
        expect(offers('vox', 'fac')).toEqual(['facts']);
        expect(offers('vox', 'facts', '').sort()).toEqual(expect.arrayContaining(['show', 'tail']));
        expect(offers('vox', 'audit', 'export', 'acme', '--form')).toEqual(['--format']);
        expect(offers('vox', 'audit', 'export', 'acme', '--format', '').sort()).toEqual(['csv', 'ndjson']);
        expect(offers('vox', 'drain', 'qu')).toEqual(['quota']);
        expect(offers('vox', 'lag', '--cont')).toEqual(['--context']);
        expect(offers('vox', 'retention', 'receipts', 'acme', 'tr')).toEqual(['transcripts']);
        expect(offers('vox', 'hold', 'rel')).toEqual(['release']);
      },
    );
  it.skipIf(!has('zsh'))('of zsh is a script that zsh reads', () => {
    const { status, stderr } = spawnSync('zsh', ['-n', script('zsh')], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });
});
