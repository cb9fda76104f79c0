/** What a process held at a moment: its live heap after garbage collection, resident memory, open files and sockets. */
export type Sample = Readonly<{ atMs: number; heapMib: number; residentMib: number; handles: number }>;
/** How long an answer took, and when it came. */
export type Timed = Readonly<{ atMs: number; sentMs: number }>;

/**
 * What steady means. The first half of a run fills what is bounded (caches of a fixed number of entries, pools of
 * connections). So the live heap is judged by the second half, and the rest by its last quarter against its second.
 * Resident memory is reported and not judged: it holds garbage for as long as the heap likes.
 */
export const bounds = {
  /** A live heap may rise by so much a minute: some caches are so large that no run fills them. */
  slopeMibPerMinute: 0.5,
  /** So many more open files and sockets: a pool opens and closes them as it likes. */
  handlesMore: 4,
  /** The 99th percentile of an answer's time may be so many times what it was, and so many milliseconds more. */
  p99Times: 1.5,
  p99MoreMs: 20,
} as const;

/** The slope of a straight line through the points (least squares), in y for each x. */
export function slopeOf(points: readonly (readonly [number, number])[]): number {
  const mean = (of: 0 | 1): number => points.reduce((sum, point) => sum + point[of], 0) / Math.max(1, points.length);
  const [x, y] = [mean(0), mean(1)];
  const spread = points.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
  return spread === 0 ? 0 : points.reduce((sum, [at, value]) => sum + (at - x) * (value - y), 0) / spread;
}

export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? 0;
}

export type Span = Readonly<{ fromMs: number; toMs: number }>;

/** The part of a run from one fraction of it to another. */
const part = <T extends { atMs: number }>(all: readonly T[], { fromMs, toMs }: Span, from: number, to: number): T[] => {
  const at = (fraction: number): number => fromMs + (toMs - fromMs) * fraction;
  return all.filter(({ atMs }) => atMs >= at(from) && atMs < at(to));
};

const most = (samples: readonly Sample[]): number => Math.max(0, ...samples.map(({ handles }) => handles));

export type Held = Readonly<{
  process: string;
  slopeMibPerMinute: number;
  heapMib: number;
  residentMib: number;
  handles: number;
  handlesBefore: number;
}>;

export function heldBy(process: string, samples: readonly Sample[], span: Span): Held {
  const half = part(samples, span, 0.5, 1);
  return {
    process,
    slopeMibPerMinute: slopeOf(half.map(({ atMs, heapMib }) => [atMs / 60_000, heapMib] as const)),
    heapMib: samples.at(-1)?.heapMib ?? 0,
    residentMib: samples.at(-1)?.residentMib ?? 0,
    handlesBefore: most(part(samples, span, 0.25, 0.5)),
    handles: most(part(samples, span, 0.75, 1)),
  };
}

export type Answered = Readonly<{ what: string; count: number; p99Ms: number; p99BeforeMs: number }>;

export function answeredIn(what: string, times: readonly Timed[], span: Span): Answered {
  const p99 = (from: number, to: number): number =>
    percentile(
      part(times, span, from, to).map(({ sentMs }) => sentMs),
      99,
    );
  return { what, count: times.length, p99BeforeMs: p99(0.25, 0.5), p99Ms: p99(0.75, 1) };
}

/** Names what is not steady. */
export const unsteady = (held: readonly Held[], answered: readonly Answered[]): string[] => [
  ...held.flatMap(({ process, slopeMibPerMinute, handles, handlesBefore }) => [
    ...(slopeMibPerMinute > bounds.slopeMibPerMinute
      ? [`the heap of ${process} grows by ${slopeMibPerMinute.toFixed(2)} MiB a minute`]
      : []),
    ...(handles > handlesBefore + bounds.handlesMore
      ? [`${process} holds ${handles} handles, and held ${handlesBefore}`]
      : []),
  ]),
  ...answered.flatMap(({ what, p99Ms, p99BeforeMs }) =>
    p99Ms > p99BeforeMs * bounds.p99Times + bounds.p99MoreMs
      ? [`${what} takes ${p99Ms.toFixed(0)} ms (p99), and took ${p99BeforeMs.toFixed(0)}`]
      : [],
  ),
];
