import { circleOfDomains, reachesItself } from './circles.ts';
import { mayOpenLines, opensLines } from './outside.ts';
import { level, madeOf, mayOpenAny, mayType, mayUse, platformDoor } from './rooms.ts';
import { doorsOf, type Import, packageOf, placeOf, type Rule } from './sources.ts';

export const rules: Record<string, Rule> = {
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
    // What works with the product and is no part of it may use what is there for development.
    const isTool = ['shared/testing', 'bench', 'local'].includes(workspace);
    const known = { ...listed.dependencies, ...(isTool && listed.devDependencies), [listed.name]: '*' };
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
  'services apart': ({ imports, place: { workspace, service } }) =>
    !/^(services|shared)\//.test(workspace) || workspace === 'shared/testing'
      ? []
      : imports.flatMap(({ to }) =>
          /^@vox\/(?!platform|contracts|redaction|tools|widget|console)/.test(to) && !to.startsWith(`@vox/${service}/`)
            ? [to]
            : [],
        ),
  'testing in tests alone': ({ imports, place: { workspace } }) =>
    ['shared/testing', 'local', 'bench', 'test'].includes(workspace)
      ? []
      : imports.flatMap(({ to }) => (packageOf(to) === '@vox/testing' ? [to] : [])),
  'decisions are pure': ({ text, place: { room } }) =>
    room === 'decide'
      ? (text.match(
          /Date\.now|new Date\(\)|Math\.random|randomUUID|performance\.|process\.|console\.|\bconnect\(|createServer|new Socket/g,
        ) ?? [])
      : [],
  // Copies must agree on the time, whatever the clocks of their machines say: a service goes by the clock of the bus.
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
  'one door to the outside': ({ name, text }) =>
    opensLines(name, text) && !mayOpenLines(name) ? ['reaches other machines by a way of its own'] : [],
  // Made elsewhere, an instrument is made before the SDK has started and measures nothing.
  'instruments in one registry': ({ name, text }) =>
    /^shared\/platform\/src\/(telemetry\/instrument|lifecycle\/open-telemetry)\.ts$/.test(name)
      ? []
      : (text.match(/\bgetMeter\b|\bcreate(?:Observable)?(?:Counter|UpDownCounter|Gauge|Histogram)\b/g) ?? []),
  'no circle of files': ({ name }, sources) => (reachesItself(name, sources) ? ['imports itself in the end'] : []),
  'fixtures in tests alone': ({ name, imports }) =>
    name.startsWith('test/') ? [] : imports.flatMap(({ to }) => (to.endsWith('.fixture.ts') ? [to] : [])),
};

/** Rules for every file of the product, also for what a browser loads as it is. */
export const textRules: Record<string, (text: string, name: string) => string[]> = {
  // A list of sentences for the corpus is no thought, however long it is.
  'files of one thought': (text, name) => (/^bench\/src\/corpus\/templates/.test(name) ? [] : tooLong(text, 200)),
  'comments within 120 columns': (text) =>
    text.split('\n').flatMap((line, at) => (/^\s*(\/\/|\/?\*)/.test(line) && line.length > 120 ? [`${at + 1}`] : [])),
};

/** Rules for test files, which may import what they like. */
export const testRules: Record<string, (text: string) => string[]> = {
  'tests of one thought': (text) => tooLong(text, 300),
  'titles that stand alone': (text) =>
    [...text.matchAll(/\bit(?:\.\w+(?:\([^\n]*\))?)?\(\s*['"`](…|\.\.\.|and |or |but )/g)].map(
      ([, start = '']) => start,
    ),
};

const tooLong = (text: string, most: number): string[] =>
  text.split('\n').length > most + 1 ? [`more than ${most} lines`] : [];
