import { dirname, join, normalize } from 'node:path';

/** File names, as from the root of the repository, and their text: TypeScript files, and the package.json of each workspace. */
export type Sources = ReadonlyMap<string, string>;
/** `to` is a file as from the root of the repository, or the specifier of a package. */
type Import = Readonly<{ to: string; typeOnly: boolean; isBare: boolean }>;
type File = Readonly<{ name: string; text: string; imports: readonly Import[]; place: Place }>;
type Rule = (file: File, sources: Sources) => string[];

/** Where a file stands: the workspace, and in a service the domain and the room. What lies above every room wires them. */
type Place = Readonly<{ workspace: string; service?: string; domain?: string; room?: string; isDoor: boolean }>;

const rooms = ['accept', 'command', 'decide', 'keep', 'publish'];
const isTest = (name: string): boolean => /\.(test|promises|given)\.ts$/.test(name);

function placeOf(name: string): Place {
  const [, workspace = '', inside = ''] = /^((?:services|shared)\/[^/]+|[^/]+)\/(?:src\/)?(.*)$/.exec(name) ?? [];
  const service = /^services\/([^/]+)$/.exec(workspace)?.[1];
  if (service === undefined) return { workspace, isDoor: inside.endsWith('mod.ts') };
  const parts = inside.replace(/\.ts$/, '').split('/');
  const at = parts.findIndex((part, depth) => depth < 2 && rooms.includes(part));
  const domain = at === 1 || (at === -1 && parts.length > 1) ? parts[0] : undefined;
  const isDoor = at === -1 && domain !== undefined && parts[1] === 'mod';
  return { workspace, service, isDoor, ...(domain && { domain }), ...(at >= 0 && { room: parts[at] as string }) };
}

/** What a room may import of the other rooms of its domain; `types` of those in the second list alone. */
const mayUse: Record<string, string[]> = {
  accept: ['command', 'decide', 'keep'],
  command: ['decide', 'keep', 'publish'],
  // A store asks decide when its documents are due: written twice, the two would drift.
  keep: ['decide'],
};
const mayType: Record<string, string[]> = { accept: ['publish'], publish: ['decide'] };
/** The packages that a room may open. A room that is not named may open all. */
const mayOpen: Record<string, string[]> = {
  // Contracts hold schemas and what follows from them alone, such as whether a key lives. The others are pure arithmetic of addresses.
  decide: ['@vox/contracts', 'node:net', 'ipaddr.js'],
  keep: ['contracts', 'store', 'time', 'config', 'telemetry', 'fault', 'crypto'].map(opened),
  publish: ['contracts', 'bus', 'telemetry', 'fault', 'time', 'crypto', 'csv'].map(opened),
};
function opened(door: string): string {
  return door === 'contracts' ? '@vox/contracts' : `@vox/platform/${door}`;
}
const mayOpenAny = (room: string, { to, typeOnly }: Import): boolean => {
  const known = mayOpen[room];
  if (known === undefined || known.includes(to)) return true;
  return room !== 'decide' && (!to.startsWith('@vox/') || (typeOnly && to === '@vox/contracts'));
};

/** A door of the platform may open only those of earlier rows. */
const layers = [
  ['time', 'fault', 'config', 'csv'],
  ['identifiers', 'redaction-thread'],
  ['crypto', 'telemetry', 'store'],
  ['bus', 'http'],
  ['lifecycle'],
];
const platformDoor = (name: string): string | undefined => /^shared\/platform\/src\/([\w-]+)\//.exec(name)?.[1];
const level = (door: string): number => layers.findIndex((layer) => layer.includes(door));

/** What the packages that others are made of may be made of. */
const madeOf: Record<string, string[]> = { 'shared/contracts': ['zod'], 'shared/redaction': ['zod'] };

function importsOf(file: string, text: string): Import[] {
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

const packageOf = (to: string): string => to.split('/', to.startsWith('@') ? 2 : 1).join('/');

const rules: Record<string, Rule> = {
  'rooms import downstream': ({ imports, place: { room, service, domain } }) => {
    if (room === undefined) return [];
    const allowed = (each: Import): boolean => {
      if (each.isBare) return mayOpenAny(room, each);
      const to = placeOf(each.to);
      if (to.service !== service || to.domain !== domain || to.room === undefined || to.room === room) return true;
      return Boolean(mayUse[room]?.includes(to.room) || (each.typeOnly && mayType[room]?.includes(to.room)));
    };
    return imports.filter((each) => !allowed(each)).map(({ to }) => to);
  },
  'domains by their doors': ({ imports, place: { service, domain } }) =>
    domain === undefined
      ? []
      : imports.flatMap(({ to, isBare }) => {
          const other = placeOf(to);
          if (isBare || other.service !== service || other.domain === undefined) return [];
          return other.domain === domain || other.isDoor ? [] : [to];
        }),
  'rooms know no wiring': ({ imports, place: { service, domain, room } }) =>
    domain === undefined && room === undefined
      ? []
      : imports.flatMap(({ to, isBare }) => {
          const other = placeOf(to);
          return !isBare && other.service === service && !other.domain && !other.room && to.endsWith('.ts') ? [to] : [];
        }),
  'no circle of domains': ({ place: { service, domain, isDoor } }, sources) =>
    service === undefined || domain === undefined || !isDoor ? [] : circleOfDomains(service, domain, sources),
  'the platform opens lower doors': ({ name, imports }) => {
    const from = platformDoor(name);
    if (from === undefined) return [];
    return imports.flatMap(({ to }) => {
      const door = platformDoor(to);
      if (door === undefined || door === from) return [];
      return level(door) < level(from) && to.endsWith('/mod.ts') ? [] : [to];
    });
  },
  'packages list what they import': ({ name, imports, place: { workspace } }, sources) => {
    const listed = JSON.parse(sources.get(`${workspace}/package.json`) ?? 'null');
    if (listed === null) return [];
    const known = { ...listed.dependencies, [listed.name]: '*' };
    const foreign = imports
      .filter(({ to, isBare }) => isBare && !to.startsWith('node:'))
      .map(({ to }) => packageOf(to));
    const odd = foreign.filter((each) => !(each in known));
    const own = [listed.name, ...(madeOf[workspace] ?? foreign)];
    return [...odd, ...foreign.filter((each) => !own.includes(each) && !name.startsWith('test/'))];
  },
  'packages by their doors': ({ imports, place: { workspace } }, sources) =>
    imports.flatMap(({ to, isBare }) => {
      if (!isBare) return placeOf(to).workspace === workspace ? [] : [to];
      return to.startsWith('@vox/') && !doorsOf(sources).has(to) ? [to] : [];
    }),
  'services apart': ({ imports, place: { service } }) =>
    service === undefined
      ? []
      : imports.flatMap(({ to }) =>
          /^@vox\/(?!platform|contracts|redaction|widget)/.test(to) && !to.startsWith(`@vox/${service}/`) ? [to] : [],
        ),
  'decisions are pure': ({ text, place: { room } }) =>
    room === 'decide'
      ? (text.match(
          /Date\.now|new Date\(\)|Math\.random|randomUUID|performance\.|process\.|console\.|\bconnect\(|createServer|new Socket/g,
        ) ?? [])
      : [],
  // Copies must agree on the time, whatever the clocks of their machines are set to: a service goes by the clock of the bus.
  'no clock of its own': ({ text, place: { service, room } }) =>
    service === undefined || room === 'decide'
      ? []
      : (text.match(/\bsystemClock\b|\bDate\.now\(\)|\bnew Date\(\)/g) ?? []),
  'environment in main only': ({ name, text, place: { workspace } }) =>
    !/^(services|shared)\//.test(workspace) || /\/main\.ts$/.test(name) || !/process\.env/.test(text)
      ? []
      : ['process.env'],
  'subject names in contracts': ({ text, place: { workspace } }) =>
    !/^(services|shared)\//.test(workspace) || workspace === 'shared/contracts'
      ? []
      : (text.match(/['"`]vox\.(session|usage|quota|identity|security|ask|dead)\.[a-z>]*/g) ?? []),
  // Made elsewhere, an instrument is made before the SDK has started. It measures nothing then, and stands on no page and in no test.
  'instruments in one registry': ({ name, text }) =>
    /^shared\/platform\/src\/(telemetry\/instrument|lifecycle\/open-telemetry)\.ts$/.test(name)
      ? []
      : (text.match(/\bgetMeter\b|\bcreate(?:Observable)?(?:Counter|UpDownCounter|Gauge|Histogram)\b/g) ?? []),
  'no circle of files': ({ name }, sources) => (reachesItself(name, sources) ? ['imports itself in the end'] : []),
  'files of one thought': ({ text }) => tooLong(text, 200),
  'comments within 120 columns': ({ text }) =>
    text.split('\n').flatMap((line, at) => (/^\s*(\/\/|\/?\*)/.test(line) && line.length > 120 ? [`${at + 1}`] : [])),
};

/** Rules for test files, which may import what they like. */
const testRules: Record<string, (text: string) => string[]> = {
  'tests of one thought': (text) => tooLong(text, 300),
  'titles that stand alone': (text) =>
    [...text.matchAll(/\bit(?:\.\w+(?:\([^\n]*\))?)?\(\s*['"`](…|\.\.\.|and |or |but )/g)].map(
      ([, start = '']) => start,
    ),
};

const tooLong = (text: string, most: number): string[] =>
  text.split('\n').length > most + 1 ? [`more than ${most} lines`] : [];

const hallMax = 20;
/** Folders that hold more files of the product than a reader takes in. */
function crowdedHalls(sources: Sources): string[] {
  const counts = new Map<string, number>();
  for (const name of sources.keys())
    if (name.endsWith('.ts') && !isTest(name)) counts.set(dirname(name), (counts.get(dirname(name)) ?? 0) + 1);
  return [...counts].flatMap(([hall, files]) => (files > hallMax ? [`${hall}: ${files} files`] : []));
}

const doors = new WeakMap<Sources, Set<string>>();
/** Every specifier that a workspace exports. */
function doorsOf(sources: Sources): Set<string> {
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

function reachesItself(start: string, sources: Sources): boolean {
  const seen = new Set<string>();
  const reaches = (file: string): boolean => {
    if (seen.has(file)) return false;
    seen.add(file);
    return importsOf(file, sources.get(file) ?? '').some(({ to }) => sources.has(to) && (to === start || reaches(to)));
  };
  return reaches(start);
}

function circleOfDomains(service: string, start: string, sources: Sources): string[] {
  const seen = new Set<string>();
  const next = (domain: string): Set<string> => {
    const found = new Set<string>();
    for (const [name, text] of sources) {
      const place = placeOf(name);
      if (place.service !== service || place.domain !== domain || isTest(name)) continue;
      for (const { to, isBare } of importsOf(name, text)) {
        const other = isBare ? undefined : placeOf(to);
        if (other?.service === service && other.domain !== undefined && other.domain !== domain)
          found.add(other.domain);
      }
    }
    return found;
  };
  const reaches = (domain: string): boolean =>
    [...next(domain)].some((to) => to === start || (!seen.has(to) && Boolean(seen.add(to)) && reaches(to)));
  return reaches(start) ? [`the domain ${start} imports itself in the end`] : [];
}

export const ruleNames = [...Object.keys(rules), ...Object.keys(testRules), 'halls of at most 20 files'];

/** Every place that breaks a rule of the plan, as `rule: file: what`. */
export function violations(sources: Sources): string[] {
  const found = [...sources].flatMap(([name, text]) => {
    if (!name.endsWith('.ts')) return [];
    if (isTest(name)) return Object.entries(testRules).flatMap(([rule, check]) => told(rule, name, check(text)));
    const file: File = { name, text, imports: importsOf(name, text), place: placeOf(name) };
    return Object.entries(rules).flatMap(([rule, check]) => told(rule, name, check(file, sources)));
  });
  return [...found, ...crowdedHalls(sources).map((hall) => `halls of at most 20 files: ${hall}`)];
}
const told = (rule: string, name: string, broken: readonly string[]): string[] =>
  broken.map((what) => `${rule}: ${name}: ${what}`);
