import { dirname, join, normalize } from 'node:path';

/** File names, as from the root of the repository, and their text. */
export type Sources = ReadonlyMap<string, string>;
type Import = Readonly<{ to: string; typeOnly: boolean }>;
type Check = (file: string, text: string, imports: readonly Import[], sources: Sources) => string[];

const room = (file: string) => /^services\/[^/]+\/src\/(\w+)\//.exec(file)?.[1];
const service = (file: string) => /^services\/([^/]+)\//.exec(file)?.[1];
const door = (file: string) => /^shared\/platform\/src\/([\w-]+)\//.exec(file)?.[1];
const sharedDoor = (to: string) => /^@vox\/(?:platform\/)?(contracts|redaction|testing|[\w-]+)$/.exec(to)?.[1];
const isTest = (file: string) => /\.(test|promises)\.ts$/.test(file);

/** A store asks decide when its documents are due: written twice, the two would drift. */
const mayUse: Record<string, string[]> = { accept: ['decide', 'keep', 'publish'], keep: ['decide'] };
const mayType: Record<string, string[]> = { publish: ['decide'] };
const mayOpen: Record<string, string[]> = {
  // Stored states are made of the schemas of contracts: a schema is written once.
  keep: ['contracts', 'store', 'time', 'config', 'telemetry', 'fault', 'crypto'],
  publish: ['contracts', 'bus', 'telemetry', 'fault', 'time', 'crypto', 'csv'],
};
/** A door may open only those of earlier rows. */
const layers = [
  ['time', 'fault', 'config', 'csv'],
  ['identifiers', 'redaction-thread'],
  ['crypto', 'telemetry', 'store'],
  ['bus', 'http'],
  ['lifecycle', 'testing'],
];
const level = (name: string | undefined) => layers.findIndex((layer) => layer.includes(name ?? ''));

/** Imports that survive type stripping, and those that only the checker sees. */
function importsOf(file: string, text: string): Import[] {
  const found = [...text.matchAll(/^(?:import|export)\s+(type\s)?[^;]*?from\s+'([^']+)'/gm)];
  return found.map(([, type, to = '']) => ({
    to: to.startsWith('.') ? normalize(join(dirname(file), to)) : to,
    typeOnly: Boolean(type),
  }));
}

const rules: Record<string, Check> = {
  'rooms import downstream': (file, _text, imports) => {
    const from = room(file);
    if (from === undefined) return [];
    const allowed = ({ to, typeOnly }: Import): boolean => {
      const target = room(to);
      if (target !== undefined)
        return (
          from === target ||
          Boolean(mayUse[from]?.includes(target)) ||
          (typeOnly && Boolean(mayType[from]?.includes(target)))
        );
      // Contracts hold schemas and what follows from them alone, such as whether a key lives: one rule, for every service.
      // node:net and ipaddr.js bring pure arithmetic of addresses; a connection opened from node:net shows in the rule of pure decisions.
      if (from === 'decide') return ['@vox/contracts', 'node:net', 'ipaddr.js'].includes(to);
      const opened = sharedDoor(to);
      return (
        opened === undefined ||
        !(from in mayOpen) ||
        Boolean(mayOpen[from]?.includes(opened)) ||
        (typeOnly && opened === 'contracts')
      );
    };
    return imports.filter((each) => !allowed(each)).map(({ to }) => to);
  },
  'shared imports lower doors': (file, _text, imports) => {
    const from = door(file);
    if (from === undefined) return [];
    return imports
      .map(({ to }) => to)
      .filter(
        (to) =>
          door(to) !== undefined && door(to) !== from && !(level(door(to)) < level(from) && to.endsWith('/mod.ts')),
      );
  },
  'doors only': (_file, _text, imports) =>
    imports
      .map(({ to }) => to)
      .filter(
        (to) =>
          /^@vox\/(platform|contracts|redaction|testing)\b/.test(to) &&
          !/^@vox\/(platform\/[\w-]+|contracts|redaction(\/text)?|testing(\/browser)?)$/.test(to),
      ),
  'services apart': (file, _text, imports) =>
    imports
      .map(({ to }) => to)
      .filter((to) => {
        const target = service(to);
        return (
          (target !== undefined && target !== service(file)) ||
          /^@vox\/(?!platform|contracts|redaction|testing|widget)/.test(to)
        );
      }),
  'decisions are pure': (file, text) =>
    room(file) === 'decide'
      ? (text.match(
          /Date\.now|new Date\(\)|Math\.random|randomUUID|performance\.|process\.|console\.|\bconnect\(|createServer|new Socket/g,
        ) ?? [])
      : [],
  // Copies must agree on the time, whatever the clocks of their machines are set to: a service goes by the clock of the bus.
  'no clock of its own': (file, text) =>
    service(file) === undefined || room(file) === 'decide'
      ? []
      : (text.match(/\bsystemClock\b|\bDate\.now\(\)|\bnew Date\(\)/g) ?? []),
  'environment in main only': (file, text) =>
    /\/(main|containers\/secrets)\.ts$/.test(file) || !/process\.env/.test(text) ? [] : ['process.env'],
  'subject names in contracts': (file, text) =>
    file.startsWith('shared/contracts/src/')
      ? []
      : (text.match(/['"`]vox\.(session|usage|quota|identity|security|ask|dead)\.[a-z>]*/g) ?? []),
  // Made elsewhere, an instrument is made before the SDK has started and measures nothing, and stands on no page and in no test.
  'instruments in one registry': (file, text) =>
    file === 'shared/platform/src/telemetry/instrument.ts' || file === 'shared/platform/src/lifecycle/open-telemetry.ts'
      ? []
      : (text.match(/\bgetMeter\b|\bcreate(?:Observable)?(?:Counter|UpDownCounter|Gauge|Histogram)\b/g) ?? []),
  'no cycles': (file, _text, _imports, sources) => cycleFrom(file, sources),
  'files of one thought': (_file, text) => (text.split('\n').length > 200 ? ['more than 200 lines'] : []),
};

function cycleFrom(start: string, sources: Sources): string[] {
  const seen = new Set<string>();
  const reaches = (file: string): boolean => {
    if (seen.has(file)) return false;
    seen.add(file);
    return importsOf(file, sources.get(file) ?? '').some(
      ({ to, typeOnly }) => !typeOnly && sources.has(to) && (to === start || reaches(to)),
    );
  };
  return reaches(start) ? ['imports itself in the end'] : [];
}

export const ruleNames = Object.keys(rules);

/** Every place where the house breaks one of its rules, as `rule: file: what`. */
export function violations(sources: Sources): string[] {
  return [...sources].flatMap(([file, text]) => {
    if (isTest(file)) return [];
    const imports = importsOf(file, text);
    return Object.entries(rules).flatMap(([rule, check]) =>
      check(file, text, imports, sources).map((what) => `${rule}: ${file}: ${what}`),
    );
  });
}
