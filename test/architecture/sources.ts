import { dirname, join, normalize } from 'node:path';

/**
 * TypeScript files, the browser’s JavaScript and the package.json of each workspace: names, as from the root of the
 * repository, and texts.
 */
export type Sources = ReadonlyMap<string, string>;
/** `to` is a file as from the root of the repository, or the specifier of a package. */
export type Import = Readonly<{ to: string; typeOnly: boolean; isBare: boolean }>;
export type File = Readonly<{ name: string; text: string; imports: readonly Import[]; place: Place }>;
export type Rule = (file: File, sources: Sources) => string[];

/** Where a file stands: its workspace, and in a service its domain and room. What lies above the rooms wires them. */
export type Place = Readonly<{ workspace: string; service?: string; domain?: string; room?: string; isDoor: boolean }>;

const rooms = ['accept', 'command', 'decide', 'keep', 'publish'];
export const isTest = (name: string): boolean => /\.(test|promises|fixture)\.[jt]s$/.test(name);

export function placeOf(name: string): Place {
  const [, workspace = '', inside = ''] = /^((?:services|shared)\/[^/]+|[^/]+)\/(?:src\/)?(.*)$/.exec(name) ?? [];
  const service = /^services\/([^/]+)$/.exec(workspace)?.[1];
  if (service === undefined) return { workspace, isDoor: inside.endsWith('mod.ts') };
  const parts = inside.replace(/\.ts$/, '').split('/');
  const at = parts.findIndex((part, depth) => depth < 2 && rooms.includes(part));
  const domain = at === 1 || (at === -1 && parts.length > 1) ? parts[0] : undefined;
  const isDoor = at === -1 && domain !== undefined && parts[1] === 'mod';
  return { workspace, service, isDoor, ...(domain && { domain }), ...(at >= 0 && { room: parts[at] as string }) };
}

export function importsOf(file: string, text: string): Import[] {
  const found = [
    ...text.matchAll(/^(?:import|export)\s+(type\s)?[^;]*?from\s+'([^']+)'/gm),
    ...text.matchAll(/^(?:import|(?:.*\b)?import\()()\s?'([^']+)'/gm),
  ];
  return found.map(([, type, to = '']) => ({
    to: to.startsWith('.') ? normalize(join(dirname(file), to)) : to,
    typeOnly: Boolean(type),
    isBare: !to.startsWith('.'),
  }));
}

export const packageOf = (to: string): string => to.split('/', to.startsWith('@') ? 2 : 1).join('/');

const doors = new WeakMap<Sources, Set<string>>();
/** Every specifier that a workspace exports. */
export function doorsOf(sources: Sources): Set<string> {
  const known = doors.get(sources) ?? new Set<string>();
  if (known.size === 0)
    for (const [name, text] of sources) {
      if (!name.endsWith('package.json')) continue;
      const { name: own, exports = {} } = JSON.parse(text) as { name: string; exports?: object };
      for (const door of Object.keys(exports)) known.add(join(own, door));
    }
  doors.set(sources, known);
  return known;
}
