import { consumers, rights } from '@vox/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layout, layoutRequiredBy } from './layout.ts';
import { differences, type ServerLayout } from './layout-diff.ts';

const wanted = layout({ replicas: 1 });
const found: ServerLayout = {
  streams: wanted.streams.map((fields) => ({ fields, bytes: 1_000 })),
  consumers: wanted.consumers.map(({ stream, fields }) => ({ stream, fields })),
};
const changed = (name: string, over: object): ServerLayout => ({
  ...found,
  streams: found.streams.map((each) =>
    each.fields.name === name ? { ...each, fields: { ...each.fields, ...over } } : each,
  ),
});
const changedConsumer = (name: string, over: object): ServerLayout => ({
  ...found,
  consumers: found.consumers.map((each) =>
    each.fields.name === name ? { ...each, fields: { ...each.fields, ...over } } : each,
  ),
});

describe('the difference between a server and the contracts', () => {
  it('is empty where the server has the layout, in its own words', () => {
    expect(differences(wanted, found)).toEqual([]);
    const inItsWords: ServerLayout = {
      streams: found.streams.map(({ bytes, fields }) => ({
        bytes,
        fields: { ...fields, sealed: false, no_ack: false, consumer_limits: {}, metadata: { '_nats.ver': '2.15.2' } },
      })),
      consumers: found.consumers.map(({ stream, fields }) => {
        const [only, ...others] = fields.filter_subjects as string[];
        const filter = others.length === 0 ? { filter_subject: only, filter_subjects: undefined } : {};
        return { stream, fields: { ...fields, ...filter, opt_start_time: '2026-01-01T00:00:00Z', num_replicas: 0 } };
      }),
    };
    expect(differences(wanted, inItsWords)).toEqual([]);
  });
  it('names any field of any stream that was changed', () => {
    const name = fc.constantFrom(...wanted.streams.map((each) => each.name));
    const fields = Object.keys(wanted.streams[0] ?? {}).filter((field) => field !== 'name');
    fc.assert(
      fc.property(name, fc.constantFrom(...fields), (stream, field) => {
        const foreign = { subjects: ['foreign.>'], metadata: { foreign: 'yes' } }[field] ?? 'foreign';
        const differing = differences(wanted, changed(stream, { [field]: foreign }));
        expect(differing).toMatchObject([{ name: stream, fields: [{ field, from: foreign }] }]);
      }),
    );
  });
  it('names a field that is unknown to this version', () => {
    expect(differences(wanted, changed('VOX_CALLS', { leaks_to: 'elsewhere' }))).toMatchObject([
      { name: 'VOX_CALLS', change: 'changed', fields: [{ field: 'leaks_to', to: undefined }] },
    ]);
  });
  it('names the losses of applying it: messages beyond the new bounds, and the place of a consumer', () => {
    const lossOf = (over: object) => differences(wanted, changed('VOX_CALLS', over)).flatMap(({ losses }) => losses);
    expect(lossOf({ max_age: undefined })).toEqual(['VOX_CALLS.max_age']);
    expect(lossOf({ max_age: 1 })).toEqual([]);
    expect(lossOf({ subjects: ['vox.more.>', ...((wanted.streams[0]?.subjects ?? []) as string[])] })).toEqual([
      'VOX_CALLS.subjects',
    ]);
    expect(lossOf({ republish: { src: '>', dest: 'x.>' }, allow_rollup_hdrs: true })).toEqual([]);
    const tiny = layout({ replicas: 1, maxBytes: 10 });
    const small = differences(tiny, found).find(({ name }) => name === 'VOX_CALLS');
    expect(small?.losses).toEqual(['VOX_CALLS.max_bytes']);
    const pushed = differences(wanted, changedConsumer('quota-requests', { deliver_subject: '_INBOX.quota.x' }));
    expect(pushed).toMatchObject([{ change: 'fixed', losses: ['quota-requests'] }]);
    expect(differences(wanted, changedConsumer('quota-requests', { ack_wait: 1 }))).toMatchObject([
      { change: 'changed', losses: [] },
    ]);
  });
  it('names consumers and streams that are missing, and those that are in no contract', () => {
    const stranger = { stream: 'VOX_CALLS', fields: { name: 'stranger', deliver_subject: 'x' } };
    const other = { fields: { name: 'OTHER' }, bytes: 0 };
    expect(
      differences(wanted, { streams: [...found.streams, other], consumers: [...found.consumers, stranger] }),
    ).toEqual([
      expect.objectContaining({ kind: 'stream', name: 'OTHER', change: 'extra' }),
      expect.objectContaining({ kind: 'consumer', name: 'stranger', change: 'extra', losses: ['stranger'] }),
    ]);
    const none = differences(wanted, { streams: [], consumers: [] });
    expect(none).toHaveLength(wanted.streams.length + wanted.consumers.length);
    expect(new Set(none.map(({ change }) => change))).toEqual(new Set(['missing']));
  });
});

describe('the layout that a service requires', () => {
  it('holds its own consumers and their streams, and the layouts of all services hold everything', () => {
    const names = new Set<string>();
    for (const service of Object.keys(rights)) {
      const needs = layoutRequiredBy(service, wanted);
      for (const { name } of needs.streams) names.add(name);
      const own = Object.values(consumers).filter((each) => each.service === service);
      expect(needs.consumers.map(({ fields }) => fields.durable_name).sort()).toEqual(
        own.map(({ name }) => name).sort(),
      );
      for (const { stream } of own) expect(needs.streams.map(({ name }) => name)).toContain(stream);
    }
    expect([...names].sort()).toEqual(wanted.streams.map(({ name }) => name).sort());
  });
});
