import type { IdentifierKind, IdentifierMatch, SubjectIdentifier } from '@vox/contracts';
import { invalidField } from '@vox/platform/fault';
import type { Command } from 'commander';

/** The identifiers of a person on the command line. Each option may stand several times. */
export type IdentifierOptions = Readonly<Partial<Record<IdentifierKind, readonly string[]>>>;

const options: Readonly<Record<IdentifierKind, string>> = {
  email: '<address>',
  phone: '<number>',
  visitor: '<id>',
  user: '<id>',
};
const kinds = Object.keys(options) as IdentifierKind[];
const more = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** Lets a command take identifiers of one person, several of a kind too. */
export function withIdentifiers(command: Command, of: readonly IdentifierKind[] = kinds): Command {
  for (const kind of of)
    command.option(`--${kind} ${options[kind]}`, 'an identifier of the person; may be given several times', more);
  return command;
}

/** Every identifier that was given. */
export const identifiersOf = (given: IdentifierOptions): SubjectIdentifier[] =>
  kinds.flatMap((kind) => (given[kind] ?? []).map((value) => ({ kind, value })));

/** The same, for a command that needs one at least. Throws Fault INVALID_REQUEST when none was given. */
export function demandedIdentifiers(given: IdentifierOptions): SubjectIdentifier[] {
  const found = identifiersOf(given);
  const message = `must be given: ${kinds.map((kind) => `--${kind}`).join(', ')}`;
  if (found.length === 0) throw invalidField('identifiers', message);
  return found;
}

/** How many persons each identifier leads to, one on a line. It shows no identifier: terminals keep logs. */
export const matchLines = (matches: readonly IdentifierMatch[]): string[] => {
  const ofKind = (kind: IdentifierKind) => matches.filter((match) => match.kind === kind);
  return matches.map((match) => {
    const same = ofKind(match.kind);
    const name = same.length === 1 ? `--${match.kind}` : `--${match.kind} (number ${same.indexOf(match) + 1})`;
    return `${name}: ${match.subjects === 0 ? 'nobody is known by it' : `matched, ${match.subjects} on record`}`;
  });
};
