import type { Command } from 'commander';

/** The command that a line of arguments comes to, as it is typed. */
export function helpFor(vox: Command, args: readonly string[]): string {
  let [command, path] = [vox, vox.name()];
  for (const arg of args) {
    const next = command.commands.find((each) => each.name() === arg);
    if (next === undefined) break;
    [command, path] = [next, `${path} ${arg}`];
  }
  return path;
}
