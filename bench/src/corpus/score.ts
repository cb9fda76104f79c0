import type { Case, Place, SecretKind } from './corpus.ts';

export type Redactor = (messages: Case['messages']) => readonly string[];
type Count = { caught: number; planted: number };
export type Score = Readonly<{
  recall: number;
  precision: number;
  /** Cases without secrets that came through as they were. */
  untouched: number;
  cuts: number;
  wrong: number;
  byKind: Readonly<Partial<Record<SecretKind, number>>>;
  missed: readonly Case[];
  hurt: readonly Case[];
}>;

const mark = /\[[A-Z]+(?::[a-z-]+)?(?: …\d{4})?\]/;

/** The places at which a text was cut, found by comparing it with what is left. */
export function cutsBetween(before: string, after: string, message: number): Place[] {
  const kept = after.split(mark);
  const cuts: Place[] = [];
  let at = kept[0]?.length ?? 0;
  for (const [place, chunk] of kept.entries()) {
    if (place === 0) continue;
    const last = place === kept.length - 1;
    const next = last ? before.length - chunk.length : before.indexOf(chunk, at);
    cuts.push({ message, start: at, end: next });
    at = next + chunk.length;
  }
  return cuts;
}

const overlaps = (a: Place, b: Place): boolean => a.message === b.message && a.start < b.end && b.start < a.end;

/** Whether a letter or digit of a place is left. */
function survives(place: Place, text: string, cuts: readonly Place[]): boolean {
  for (let at = place.start; at < place.end; at += 1) {
    const covered = cuts.some((cut) => cut.message === place.message && cut.start <= at && at < cut.end);
    if (!covered && /[\p{L}\p{N}]/u.test(text[at] ?? '')) return true;
  }
  return false;
}

/** A secret is caught when nothing of it is left; a cut is right when it touches a secret. */
export function score(cases: readonly Case[], redact: Redactor): Score {
  const kinds = new Map<SecretKind, Count>();
  const [missed, hurt]: [Case[], Case[]] = [[], []];
  let [cutCount, wrong, clean, harmless] = [0, 0, 0, 0];
  for (const each of cases) {
    const after = redact(each.messages);
    const cuts = each.messages.flatMap(({ text }, message) => cutsBetween(text, after[message] ?? '', message));
    const places = each.secrets.flatMap((secret) => secret.places);
    const bad = cuts.filter((cut) => !places.some((place) => overlaps(cut, place))).length;
    for (const { kind, places: own } of each.secrets) {
      const count = kinds.get(kind) ?? { caught: 0, planted: 0 };
      const caught = !own.some((place) => survives(place, each.messages[place.message]?.text ?? '', cuts));
      kinds.set(kind, { caught: count.caught + (caught ? 1 : 0), planted: count.planted + 1 });
      if (!caught) missed.push(each);
    }
    cutCount += cuts.length;
    wrong += bad;
    if (bad > 0) hurt.push(each);
    if (places.length === 0) [harmless, clean] = [harmless + 1, clean + (cuts.length === 0 ? 1 : 0)];
  }
  const all = [...kinds.values()];
  const sum = (pick: (count: Count) => number): number => all.reduce((total, count) => total + pick(count), 0);
  return {
    recall: sum(({ caught }) => caught) / sum(({ planted }) => planted),
    precision: (cutCount - wrong) / cutCount,
    untouched: clean / harmless,
    cuts: cutCount,
    wrong,
    byKind: Object.fromEntries([...kinds].map(([kind, { caught, planted }]) => [kind, caught / planted])),
    missed,
    hurt,
  };
}
