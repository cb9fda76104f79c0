/** The messages of one language by their keys, such as `keys.create`. */
export type Messages = Readonly<Record<string, string>>;

const keys = /'([\w-]+\.[\w-]+)'/g;
/** Lists whose members a module names, and keys that it makes of parts. */
const lists = /\b(?:named|worded)\(\s*'([\w-]+)'|`([\w-]+)\.\$\{/g;
/** A list may be handed on by its name before a member of it is named. */
const words = /'([\w-]+)'/g;

const foundIn = (text: string, form: RegExp): string[] =>
  [...text.matchAll(form)].map(([, one, other]) => one ?? other ?? '');

/**
 * The messages that modules may say, by their text. Of the shell, which names every screen, only those lists count that
 * it names itself: the words of a screen come with it.
 */
export function saidBy(
  texts: readonly string[],
  messages: Messages,
  { isShell }: Readonly<{ isShell: boolean }>,
): Messages {
  const text = texts.join('\n');
  const said = new Set(foundIn(text, keys));
  const named = new Set([...foundIn(text, lists), ...(isShell ? [] : foundIn(text, words))]);
  return Object.fromEntries(
    Object.entries(messages).filter(([key]) => said.has(key) || named.has(key.slice(0, key.indexOf('.')))),
  );
}
