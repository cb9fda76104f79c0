import { type Fact, openStreams, typeOf } from '@vox/contracts';

/** A fact as it is shown while it happens. It holds no word of a call: those stand in a stream that nobody shows. */
export type LiveFact = Readonly<{
  at: string;
  type: string;
  subject: string;
  id: string;
  traceId: string | null;
  data: unknown;
}>;

const open = new Set<string>(openStreams.flatMap(({ kinds }) => kinds.map(typeOf)));

/** `undefined` for a fact that is not shown, whatever it came from. */
export function liveFactOf({ time, type, subject, id, traceparent, data }: Fact): LiveFact | undefined {
  if (!open.has(type)) return undefined;
  return { at: time, type, subject, id, traceId: traceparent?.split('-')[1] ?? null, data };
}

export type LiveFacts = Readonly<{
  tell: (fact: LiveFact | undefined) => void;
  /** The newest first. */
  last: () => readonly LiveFact[];
  /** Answers how to stop. */
  listen: (heard: (fact: LiveFact) => void) => () => void;
}>;

/** Keeps the last facts, and tells whoever listens. */
export function liveFacts(keptMax = 200): LiveFacts {
  const kept: LiveFact[] = [];
  const listeners = new Set<(fact: LiveFact) => void>();
  return {
    tell(fact) {
      if (fact === undefined) return;
      kept.push(fact);
      if (kept.length > keptMax) kept.shift();
      for (const heard of listeners) heard(fact);
    },
    last: () => kept.toReversed(),
    listen(heard) {
      listeners.add(heard);
      return () => void listeners.delete(heard);
    },
  };
}
