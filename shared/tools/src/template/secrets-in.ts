import { parseTemplate, placeholdersIn, textsIn } from './parse.ts';

/** The names of the secrets that templates name, each once. `templates` is JSON of which every text is a template. */
export function secretsIn(templates: unknown): string[] {
  const names = textsIn(templates, '').flatMap(({ text }) => {
    const parsed = parseTemplate(text);
    return parsed.kind === 'malformed' ? [] : placeholdersIn(parsed.parts);
  });
  return [...new Set(names.flatMap(({ root, path: [name = ''] }) => (root === 'secrets' ? [name] : [])))];
}

/** Host and port of a URL whose path and query may hold placeholders, as `URL.host` says them. */
export function hostOf(urlTemplate: string): string | undefined {
  const beforePath = /^https?:\/\/[^/?#\\]*/i.exec(urlTemplate)?.[0];
  return beforePath === undefined || !URL.canParse(beforePath) ? undefined : new URL(beforePath).host;
}
