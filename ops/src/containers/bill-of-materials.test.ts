import { describe, expect, it } from 'vitest';
import { billOf } from './bill-of-materials.ts';

const component = (name: string, version: string, group?: string) => ({
  'bom-ref': `${group ? `${group}/` : ''}${name}@${version}`,
  name,
  version,
  ...(group && { group }),
});
const whole = {
  bomFormat: 'CycloneDX',
  metadata: { component: { 'bom-ref': 'vox@1' } },
  components: [
    component('a', '1.0.0'),
    component('a', '2.0.0'),
    component('b', '1.0.0', '@scope'),
    component('c', '1.0.0'),
  ],
  dependencies: [
    { ref: 'vox@1', dependsOn: ['a@1.0.0', 'c@1.0.0'] },
    { ref: 'a@1.0.0', dependsOn: ['@scope/b@1.0.0', 'c@1.0.0'] },
    { ref: 'c@1.0.0', dependsOn: [] },
  ],
};

describe('the bill of materials of an image', () => {
  it('lists each package that is installed, in its version, and no other', () => {
    const bill = billOf(whole, [
      { name: 'a', version: '1.0.0' },
      { name: '@scope/b', version: '1.0.0' },
    ]);
    expect(bill).toEqual({
      ...whole,
      components: [component('a', '1.0.0'), component('b', '1.0.0', '@scope')],
      dependencies: [
        { ref: 'vox@1', dependsOn: ['a@1.0.0'] },
        { ref: 'a@1.0.0', dependsOn: ['@scope/b@1.0.0'] },
      ],
    });
  });
  it('is not made when something is installed that no lock file knows', () => {
    expect(() => billOf(whole, [{ name: 'a', version: '3.0.0' }])).toThrow('no lock file knows a@3.0.0');
  });
});
