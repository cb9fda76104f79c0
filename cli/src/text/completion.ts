import type { Command } from 'commander';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** What may follow at one place of a command line: subcommands and options with their descriptions, or values. */
type Word = Readonly<{ word: string; about: string }>;
/** A command by its whole path, such as `vox audit list`. */
type Place = Readonly<{
  path: string;
  commands: readonly string[];
  words: readonly Word[];
  /** Values by the option that they follow. */
  values: readonly Readonly<{ option: string; choices: readonly string[] }>[];
}>;

const firstSentence = (text: string): string => text.split(/(?<=[.:;])\s/)[0]?.replace(/[.:;]$/, '') ?? '';

/** Every place of the command line, from the table of commands itself. */
export function placesOf(command: Command, before = '', inherited: readonly Word[] = []): readonly Place[] {
  const path = before === '' ? command.name() : `${before} ${command.name()}`;
  const options = command.options.filter(({ hidden }) => !hidden);
  const own = options.map(({ long, short, description }) => ({
    word: long ?? short ?? '',
    about: firstSentence(description),
  }));
  const passedOn = before === '' ? own : inherited;
  const choices = command.registeredArguments.flatMap(({ argChoices = [], description }) =>
    argChoices.map((word) => ({ word, about: firstSentence(description) })),
  );
  const subcommands = command.commands.map((each) => ({ word: each.name(), about: firstSentence(each.description()) }));
  const help = { word: '--help', about: 'show what there is' };
  const words = [...subcommands, ...choices, ...own, ...(before === '' ? [] : inherited), help];
  const values = options.flatMap(({ long, argChoices }) =>
    long == null || argChoices === undefined ? [] : [{ option: long, choices: argChoices }],
  );
  const here = { path, commands: subcommands.map(({ word }) => word), words, values };
  return [here, ...command.commands.flatMap((each) => placesOf(each, path, passedOn))];
}

/** A script that completes `vox` in a shell. It asks nothing of `vox` or of a server while somebody types. */
export const completionFor = (shell: Shell, vox: Command): string => writers[shell](placesOf(vox));

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const listOf = (words: readonly Pick<Word, 'word'>[]): string => quoted(words.map(({ word }) => word).join(' '));

/** Lines of a `case` of a shell, one for each place that has something. */
const cases = (lines: readonly (readonly [pattern: string, does: string])[], indent: string): string =>
  lines.map(([pattern, does]) => `${indent}${pattern}) ${does} ;;`).join('\n');

const steps = (places: readonly Place[]): string =>
  cases(
    places.flatMap(({ path, commands }) =>
      commands.map((name): [string, string] => [quoted(`${path} ${name}`), 'at="$at $word"']),
    ),
    '      ',
  );
const valueCases = (places: readonly Place[], does: (choices: string) => string): string =>
  cases(
    places.flatMap(({ path, values }) =>
      values.map(({ option, choices }): [string, string] => [
        quoted(`${path} ${option}`),
        does(quoted(choices.join(' '))),
      ]),
    ),
    '    ',
  );

const bash = (places: readonly Place[]): string => `# Completion of vox for bash. Use it: source <(vox completion bash)
_vox() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" at=vox word found=
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$at $word" in
${steps(places)}
    esac
  done
  case "$at $prev" in
${valueCases(places, (choices) => `found=${choices}`)}
  esac
  if [ -z "$found" ]; then
    case "$at" in
${cases(
  places.map(({ path, words }): [string, string] => [quoted(path), `found=${listOf(words)}`]),
  '      ',
)}
    esac
  fi
  COMPREPLY=($(compgen -W "$found" -- "$cur"))
}
complete -o default -F _vox vox
`;

const described = (words: readonly Word[]): string =>
  words.map(({ word, about }) => quoted(`${word.replaceAll(':', '\\:')}:${about}`)).join(' ');

const zsh = (places: readonly Place[]): string => `#compdef vox
# Completion of vox for zsh. Use it: source <(vox completion zsh), or put it into a folder of $fpath as _vox
_vox() {
  local at=vox word prev="\${words[CURRENT-1]}" choices=
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$at $word" in
${steps(places)}
    esac
  done
  case "$at $prev" in
${valueCases(places, (choices) => `choices=${choices}`)}
  esac
  if [[ -n "$choices" ]]; then
    compadd -- \${=choices}
    return
  fi
  local -a found
  case "$at" in
${cases(
  places.map(({ path, words }): [string, string] => [quoted(path), `found=(${described(words)})`]),
  '    ',
)}
  esac
  _describe 'vox' found || _files
}
if [ "$funcstack[1]" = _vox ]; then _vox "$@"; else compdef _vox vox; fi
`;

const fish = (places: readonly Place[]): string => `# Completion of vox for fish. Use it: vox completion fish | source
function __vox_at
  set -l path vox
  for word in (commandline -opc)[2..-1]
    switch "$path $word"
${places
  .flatMap(({ path, commands }) => commands.map((name) => `      case ${quoted(`${path} ${name}`)}`))
  .map((line) => `${line}\n        set path "$path $word"`)
  .join('\n')}
    end
  end
  test "$path" = "$argv[1]"
end
${places
  .flatMap(({ path, words, values }) => {
    const at = `complete -c vox -n ${quoted(`__vox_at ${quoted(path)}`)}`;
    const choices = new Map(values.map((each) => [each.option, each.choices]));
    return words.map(({ word, about }) => {
      const among = choices.get(word);
      if (!word.startsWith('--')) return `${at} -f -a ${quoted(word)} -d ${quoted(about)}`;
      const takes = among === undefined ? '' : ` -x -a ${quoted(among.join(' '))}`;
      return `${at} -l ${word.slice(2)}${takes} -d ${quoted(about)}`;
    });
  })
  .join('\n')}
`;

const writers: Readonly<Record<Shell, (places: readonly Place[]) => string>> = { bash, zsh, fish };
