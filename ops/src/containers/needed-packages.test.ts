import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { removeUnneeded } from './needed-packages.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'vox-packages-')));
afterAll(() => rmSync(root, { recursive: true }));
function packed(place: string, manifest: object): void {
  mkdirSync(join(root, place), { recursive: true });
  writeFileSync(join(root, place, 'package.json'), JSON.stringify(manifest));
}
function linked(place: string, to: string): void {
  mkdirSync(dirname(join(root, place)), { recursive: true });
  symlinkSync(join(root, to), join(root, place));
}

describe('the packages of an image', () => {
  it('are those that its workspaces need to run, in the places where Node finds them, and no other', () => {
    packed('service', { dependencies: { '@own/shared': '*', direct: '1' }, devDependencies: { '@own/tool': '*' } });
    packed('shared', { dependencies: { deep: '1' }, optionalDependencies: { absent: '1' } });
    packed('tool', { dependencies: { heavy: '1' } });
    linked('node_modules/@own/service', 'service');
    linked('node_modules/@own/shared', 'shared');
    linked('node_modules/@own/tool', 'tool');
    packed('node_modules/direct', { dependencies: { deep: '1' }, peerDependencies: { peer: '1' } });
    // Of deep there are two: each is needed by somebody.
    packed('node_modules/direct/node_modules/deep', {});
    packed('node_modules/deep', { dependencies: { round: '1' } });
    packed('node_modules/round', { dependencies: { deep: '1' } });
    packed('node_modules/peer', {});
    packed('node_modules/heavy', { dependencies: { deep: '1' } });
    packed('node_modules/heavy/node_modules/deep', {});
    const removed = removeUnneeded(root, ['service']).map((place) => place.slice(root.length + 1));
    expect([...removed].sort()).toEqual([
      'node_modules/@own/service',
      'node_modules/@own/tool',
      'node_modules/heavy',
      'node_modules/heavy/node_modules/deep',
    ]);
    expect(
      ['tool/package.json', 'node_modules/direct/node_modules/deep'].map((place) => existsSync(join(root, place))),
    ).toEqual([true, true]);
    expect(existsSync(join(root, 'node_modules/heavy'))).toBe(false);
  });
});
