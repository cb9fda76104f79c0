import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { note, skipped } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { nameCases } from './name-cases.fixture.ts';

type Shown = Readonly<{ outcome: string; reached: readonly string[]; askedMost: number }>;

/** Ways to a network namespace of one's own: as anybody, and as whoever may become root. */
const ways = [
  ['unshare', '-rn'],
  ['sudo', '-n', 'unshare', '-n'],
];
const way = ways.find(([program = '', ...args]) => spawnSync(program, [...args, 'ip', 'link']).status === 0);
if (way === undefined) skipped('network namespaces', 'neither unshare -rn nor sudo -n unshare -n works', process.env);
else note({ kind: 'server', what: 'network namespaces', version: way.join(' '), from: 'PATH' }, process.env);

const program = fileURLToPath(new URL('./namespace.fixture.ts', import.meta.url));
const shown: readonly Shown[] =
  way === undefined
    ? []
    : JSON.parse(execFileSync(way[0] ?? '', [...way.slice(1), process.execPath, program], { encoding: 'utf8' }));

describe.skipIf(way === undefined)('a request to a host that was named to deceive', () => {
  it.each(nameCases.map((each, at) => [each.what, each, at] as const))(
    'that leads to %s ends where it should (%#)',
    (_what, { expected, reached = [], times = 1 }, at) => {
      const { askedMost, ...rest } = shown[at] as Shown;
      expect(rest).toEqual({ outcome: expected, reached });
      // One question for each kind of address, each time: there is no second answer. A server that is silent is asked twice.
      expect(askedMost).toBeLessThanOrEqual(expected === 'timeout' ? 2 : times);
    },
  );
});
