import { describe, expect, it } from 'vitest';
import type { FactKind } from '../kinds/fact.ts';
import * as contracts from '../mod.ts';
import { facts } from './facts.ts';

const isFactKind = (value: unknown): value is FactKind =>
  typeof value === 'object' && value !== null && 'publishers' in value && 'stream' in value && 'data' in value;

describe('the facts of all areas', () => {
  it('hold every fact that contracts exports, each once', () => {
    const shown = Object.values(contracts).filter(isFactKind);
    expect(new Set(facts)).toEqual(new Set(shown));
    expect(new Set(facts.map(({ name, version }) => `${name}.v${version}`)).size).toBe(facts.length);
  });
  it('stand in exactly one stream each', () => {
    const names = (kinds: readonly FactKind[]): string[] => kinds.map(({ name }) => name).sort();
    expect(names(contracts.factKinds)).toEqual(names(facts));
  });
  it('have somebody who may publish them', () => {
    expect(facts.filter(({ publishers }: FactKind) => publishers.length === 0)).toEqual([]);
  });
});
