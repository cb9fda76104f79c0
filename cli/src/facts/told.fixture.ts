import type { Told } from '@vox/platform/bus';

const begin = Date.parse('2026-05-05T12:00:00.000Z');

type Given = Readonly<{ name: string; second: number }> & Partial<Told>;

/** A fact as an operator sees it, so many seconds after noon. */
export const told = ({ second, ...given }: Given): Told => ({
  ...{ stream: 'VOX_CALLS', place: second + 1, at: new Date(begin + second * 1_000).toISOString(), tenantId: 'acme' },
  ...{ sessionId: null, id: `${given.name}:${second}`, traceparent: null, sizeBytes: 100, fact: null },
  ...given,
});
