import type { Acted, Fact, IncidentSignal, ReportDoubted, RequestRefused, SaidValues } from '@vox/contracts';

/** A sign of an incident: of which kind, and how often it was seen. */
export type Sign = Readonly<{ signal: IncidentSignal; weight: number }>;

/** What refuses whoever does not know a secret, or may not do what they try. */
const guessing = new Set(['AUTH_REQUIRED', 'INVALID_OTP', 'INVALID_WIDGET_KEY', 'SIGNATURE_REQUIRED', 'FORBIDDEN']);

export const refusalSign = ({ code, count }: Fact<typeof RequestRefused>['data']): Sign | undefined =>
  guessing.has(code) ? { signal: 'guessed-credentials', weight: count } : undefined;

export const flagSign = (): Sign => ({ signal: 'unchecked-bots', weight: 1 });

export const actSign = ({ outcome }: Fact<typeof Acted>['data']): Sign | undefined =>
  outcome === 'refused' ? { signal: 'refused-acts', weight: 1 } : undefined;

/** A report that cannot be is forged. One that only takes much may be true. */
export const doubtSign = ({ why }: Fact<typeof ReportDoubted>['data']): Sign | undefined =>
  why === 'impossible' ? { signal: 'forged-reports', weight: 1 } : undefined;

/** So many within one hour of the clock are an incident that a person should look at. Fewer are everyday life. */
export const thresholds: Readonly<Record<IncidentSignal, number>> = {
  'guessed-credentials': 1_000,
  'refused-acts': 30,
  'unchecked-bots': 500,
  'forged-reports': 10,
};

/** What a person reads who looks at an incident that opened itself. */
export const titles: Readonly<Record<IncidentSignal, string>> = {
  'guessed-credentials': 'Many requests with wrong credentials',
  'refused-acts': 'Many refusals of what somebody who is signed in may not do',
  'unchecked-bots': 'Many calls whose check for bots gave no answer',
  'forged-reports': 'Many reports of use that cannot be',
};

export const noteOf = (signal: IncidentSignal): Readonly<{ note: string; values: SaidValues }> => ({
  note: `${thresholds[signal]} or more were seen within one hour. The time runs from the fact that reached that number.`,
  values: { count: thresholds[signal] },
});

/** What was counted of one signal of one tenant within one hour. */
export type SignalHour = Readonly<{
  tenantId: string;
  signal: IncidentSignal;
  hourMs: number;
  count: number;
  /** Facts that are counted. They may come again. Once the threshold is reached nobody asks any more. */
  seen: readonly string[];
}>;

export const hourMs = 3_600_000;
export const hourOf = (atMs: number): number => Math.floor(atMs / hourMs) * hourMs;

/** The hour with one more fact; the same hour for a fact that is counted, or when the threshold was reached before. */
export function counted(hour: SignalHour, factId: string, weight: number): SignalHour {
  if (isReached(hour) || hour.seen.includes(factId)) return hour;
  return { ...hour, count: hour.count + weight, seen: [...hour.seen, factId] };
}

export const isReached = ({ signal, count }: SignalHour): boolean => count >= thresholds[signal];
