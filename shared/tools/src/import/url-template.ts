import type { Argument } from './arguments.ts';
import { listOf, memberOf, type OpenApi, shown, textOf, Untranslatable } from './document.ts';
import type { Operation } from './operations.ts';

/** Where an operation is served: the first server that is `https`, its variables with their defaults. */
export function serverOf({ root }: OpenApi, { node, place, pathItem, pathPlace }: Operation): string {
  const [servers, at] = [
    [node.servers, `${place}.servers`] as const,
    [pathItem.servers, `${pathPlace}.servers`] as const,
    [root.servers, 'servers'] as const,
  ].find(([each]) => listOf(each).length > 0) ?? [undefined, 'servers'];
  const urls = listOf(servers).map((server) => textOf(memberOf(server, 'url')) ?? '');
  const index = urls.findIndex((url) => /^https:\/\//i.test(url));
  const url = urls[index];
  if (url === undefined)
    throw new Untranslatable(at, 'must name a server whose URL begins with https://, or give one with --server');
  const variables = memberOf(listOf(servers)[index], 'variables');
  const filled = url.replaceAll(/\{([^{}]*)\}/g, (_, name: string) => {
    const value = textOf(memberOf(memberOf(variables, name), 'default'));
    if (value === undefined) throw new Untranslatable(`${at}.${index}.variables.${name}.default`, 'must be given');
    return value;
  });
  return checkedServer(filled, `${at}.${index}.url`);
}

/** A server that was written out. */
export function checkedServer(url: string, place: string): string {
  if (!/^https:\/\//i.test(url)) throw new Untranslatable(place, 'must begin with https://');
  if (/[{}?#\s]/.test(url)) throw new Untranslatable(place, `must have neither query nor braces: ${shown(url)}`);
  return url.replace(/\/$/, '');
}

/** The URL of an operation with its arguments in their places. */
export function urlTemplateOf(server: string, { path, pathPlace }: Operation, found: readonly Argument[]): string {
  if (/[{}?#\s]/.test(path.replaceAll(/\{[^{}]*\}/g, '')))
    throw new Untranslatable(pathPlace, 'must be a path, with names in single braces');
  const written = new Set<string>();
  const filled = path.replaceAll(/\{([^{}]*)\}/g, (_, name: string) => {
    const argument = found.find((each) => each.in === 'path' && each.name === name)?.argument;
    if (argument === undefined) throw new Untranslatable(pathPlace, `has no path parameter ${shown(name)}`);
    written.add(name);
    return `{{args.${argument}}}`;
  });
  for (const each of found)
    if (each.in === 'path' && !written.has(each.name))
      throw new Untranslatable(pathPlace, `does not hold its path parameter ${shown(each.name)}`);
  const pairs = found
    .filter((each) => each.in === 'query')
    .map(({ name, argument, list }) => `${encodeURIComponent(name)}={{args.${argument}${list ? `|${list}` : ''}}}`);
  return `${server}${filled}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`;
}
