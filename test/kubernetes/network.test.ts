import { describe, expect, it } from 'vitest';
import { allows, type End, type Policy } from './network.ts';

const here = { name: 'here' };
const pod = { labels: { app: 'a' }, namespace: here };
const other: End = { labels: { app: 'b' }, namespace: here };
const elsewhere: End = { labels: { app: 'b' }, namespace: { name: 'elsewhere' } };
const rule = (egress: Policy['egress'] & object, podSelector = {}): Policy => ({
  podSelector,
  policyTypes: ['Egress'],
  egress,
});
const to = (policies: readonly Policy[], end: End, port = 80, protocol = 'TCP'): boolean =>
  allows(policies, pod, 'Egress', end, { port, protocol });

describe('a network policy, as the tests read it', () => {
  it('leaves free whom it does not select, and a direction that it does not name', () => {
    expect(to([], other)).toBe(true);
    expect(to([rule([], { matchLabels: { app: 'other' } })], other)).toBe(true);
    expect(allows([rule([])], pod, 'Ingress', other, { port: 80 })).toBe(true);
  });
  it('forbids all that no rule allows', () => {
    expect(to([rule([])], other)).toBe(false);
  });
  it('opens a way to everybody by a rule without peers, and every port by one without ports', () => {
    expect(to([rule([{ ports: [{ port: 80 }] }])], { address: '192.0.2.1' })).toBe(true);
    expect(to([rule([{ ports: [{ port: 80 }], to: [] }])], elsewhere)).toBe(true);
    expect(to([rule([{ to: [{ podSelector: {} }] }])], other, 1)).toBe(true);
    expect(to([rule([{ ports: [{ port: 80 }] }])], other, 80, 'UDP')).toBe(false);
  });
  it('adds up with other policies', () => {
    const policies = [rule([]), rule([{ ports: [{ port: 80 }] }])];
    expect([to(policies, other, 80), to(policies, other, 81)]).toEqual([true, false]);
  });
  it('means pods of its own namespace unless it selects namespaces', () => {
    const own = [rule([{ to: [{ podSelector: { matchLabels: { app: 'b' } } }] }])];
    expect([to(own, other), to(own, elsewhere)]).toEqual([true, false]);
    const any = [rule([{ to: [{ namespaceSelector: {} }] }])];
    expect([to(any, elsewhere), to(any, { address: '10.0.0.1' })]).toEqual([true, false]);
  });
  it('means addresses of a block but for its exceptions', () => {
    const policies = [rule([{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }] }])];
    const reaches = (address: string): boolean => to(policies, { address });
    expect(['192.0.2.1', '10.1.2.3', '2001:db8::1'].map(reaches)).toEqual([true, false, false]);
  });
});
