import { type ReadModule, reached } from './graph.ts';
import { type Messages, saidBy } from './said.ts';

/** All messages of each language, by its name. */
export type Languages = Readonly<Record<string, Messages>>;
/** The module of each screen, by the name of the screen. */
type Screens = ReadonlyMap<string, string>;
/** What words are made for. */
export type Speaking = Readonly<{
  entry: string;
  screens: Screens;
  /** Modules whose words are fetched when they are needed, by the name of the words. They are of no screen. */
  apart: Screens;
  languages: Languages;
}>;

/** The screens that the shell loads, as its text names them. */
export const screensIn = (text: string): Screens =>
  new Map(
    [...text.matchAll(/^ {2}'?([\w-]+)'?: \(\) => import\('\.\.\/([\w/-]+\.js)'\),$/gm)].map(
      ([, name = '', path = '']) => [name, path],
    ),
  );

/** The words of the shell in a language. */
const shellName = (language: string): string => `messages/${language}.js`;

/**
 * The modules of words that a browser loads, by their names. What is said anywhere stands in one file of messages for
 * each language; a browser loads what the shell says with the page, and what a screen says besides with that screen.
 */
export function wordModules(
  read: ReadModule,
  { entry, screens, apart, languages }: Speaking,
): ReadonlyMap<string, string> {
  const isApart = new Set(apart.values());
  // What the files of messages hold is no text of a module that says it.
  const silent: ReadModule = (name) => (name.startsWith('messages/') || isApart.has(name) ? '' : read(name));
  const first = reached(silent, entry, { later: false });
  // A part that a screen loads when somebody asks for it says its words too. What the shell loads later are screens.
  const beyondShell: ReadModule = (name) => (first.includes(name) ? '' : silent(name));
  const textsOf = (screen: string): string[] => reached(beyondShell, screen, { later: true }).map(beyondShell);
  return new Map(
    Object.entries(languages).flatMap(([language, messages]) => {
      const shell = saidBy(first.map(silent), messages, { isShell: true });
      const rest = Object.fromEntries(Object.entries(messages).filter(([key]) => !Object.hasOwn(shell, key)));
      const wordsOf = ([name, texts]: readonly [string, readonly string[]]) => {
        const words = saidBy(texts, rest, { isShell: false });
        return [`messages/${language}/${name}.js`, `export const words = ${JSON.stringify(words)};\n`] as const;
      };
      const ofScreens = [
        ...[...screens].map(([name, path]) => [name, textsOf(path)] as const),
        ...[...apart].map(([name, path]) => [name, [read(path)]] as const),
      ].map(wordsOf);
      return [[shellName(language), `export const ${language} = ${JSON.stringify(shell)};\n`] as const, ...ofScreens];
    }),
  );
}
