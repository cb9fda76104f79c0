import type { Command } from 'commander';

/** The path of the command that these arguments name, such as `vox audit list`. */
export function helpFor(vox: Command, args: readonly string[]): string {
  let [command, path] = [vox, vox.name()];
  for (const arg of args) {
    const next = command.commands.find((each) => each.name() === arg);
    if (next === undefined) break;
    [command, path] = [next, `${path} ${arg}`];
  }
  return path;
}
