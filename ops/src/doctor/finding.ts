/** The gravest first. `skipped` was not looked at, and says why. */
export const severities = ['high', 'medium', 'low', 'skipped'] as const;
export type Severity = (typeof severities)[number];

/** One thing that is not as it should be. Whole sentences, without secrets and without data of persons. */
export type Finding = Readonly<{
  /** The same from run to run, such as `nats.replicas`. */
  id: string;
  severity: Severity;
  what: string;
  /** Why it matters. */
  why: string;
  mend: string;
}>;

export const finding = (severity: Severity, id: string, what: string, why: string, mend: string): Finding => ({
  id,
  severity,
  what,
  why,
  mend,
});

/** A finding where something holds, and none where it does not. Without a severity there is none either. */
export const when = (
  holds: boolean,
  severity: Severity | undefined,
  ...[id, what, why, mend]: readonly [id: string, what: string, why: string, mend: string]
): Finding[] => (holds && severity !== undefined ? [{ id, severity, what, why, mend }] : []);

/** The gravest first; those of one severity stay in the order in which they were found. */
export const gravestFirst = (findings: readonly Finding[]): Finding[] =>
  severities.flatMap((severity) => findings.filter((each) => each.severity === severity));

/** The first few names, and how many there are besides. */
export function someOf(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

const shareHigh = 0.95;
const shareMedium = 0.8;

/** How grave it is that so much of a limit is used; `undefined` while there is room. A limit below one is none. */
export function fullness(used: number, limit: number): Severity | undefined {
  if (limit < 1) return undefined;
  const share = used / limit;
  if (share >= shareHigh) return 'high';
  return share >= shareMedium ? 'medium' : undefined;
}

export const percent = (used: number, limit: number): string => `${Math.floor((100 * used) / limit)} %`;

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
/** Bytes in the unit in which they are read best, such as `8 GiB`. */
export function sizeOf(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const amount = bytes / 1024 ** power;
  return `${amount >= 100 || Number.isInteger(amount) ? Math.round(amount) : amount.toFixed(1)} ${units[power]}`;
}
