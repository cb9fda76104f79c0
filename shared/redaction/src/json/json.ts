import { type Cut, without } from '../cuts/cut.ts';
import { type CutCounts, counted, type RedactionKind, type RedactionPolicy, totalled } from '../cuts/policy.ts';
import { advance, start } from '../digits/path.ts';
import { cutLines } from '../session/lines.ts';
import { freshRedactionState, type RedactionState } from '../session/state.ts';
import { redactText, shown } from '../session/text.ts';
import { kindOfField } from './field-names.ts';
import { type Group, grouped, type Leaf } from './groups.ts';

/** A field beside a card may hold its code or expiry if its name says so. Bare digits in other fields stay. */
const besideCard: RedactionState = {
  ...freshRedactionState,
  nearby: { card: 7, code: null, expiry: null, cvv: null, due: null },
};
const between = ', ';

const nameOf = ({ name }: Group): string => (name === '' ? '' : `${name}: `);
const textOf = (group: Group): string => nameOf(group) + group.leaves.map(({ text }) => text).join(between);
const cutsIn = (group: Group, state: RedactionState, policy: RedactionPolicy): readonly Cut[] =>
  cutLines(state, [{ role: '', text: textOf(group) }], policy, false).cuts[0] ?? [];

/**
 * Above 2^53 the last digits of a number are made up, and Luhn's with them: a number that begins like a card is cut.
 */
const mayBeCard = ({ number, text }: Leaf): boolean =>
  number && /^\d{16,19}$/.test(text) && !Number.isSafeInteger(Number(text)) && advance(start, text) !== undefined;

/** The cuts in each leaf. Cuts and leaves are walked side by side. */
function reaching(cuts: readonly Cut[]): (from: number, to: number) => Cut[] {
  let first = 0;
  return (from, to) => {
    const found: Cut[] = [];
    while ((cuts[first]?.end ?? Number.POSITIVE_INFINITY) <= from) first += 1;
    for (let at = first; (cuts[at]?.start ?? Number.POSITIVE_INFINITY) < to; at += 1) found.push(cuts[at] as Cut);
    return found;
  };
}

/**
 * The cuts within one leaf, which begins at `from` in its group's text. Of a cut over several leaves the last one shows
 * the last digits.
 */
function piecesOf(leaf: Leaf, from: number, own: readonly Cut[], policy: RedactionPolicy): Cut[] {
  const size = leaf.text.length;
  const pieces = own.map((cut): Cut => {
    const piece = { ...cut, start: Math.max(0, cut.start - from), end: Math.min(size, cut.end - from) };
    return shown(cut.end > from + size ? { ...piece, lastFour: '' } : piece, policy);
  });
  return leaf.number ? pieces.slice(-1).map((piece) => ({ ...piece, start: 0, end: size })) : pieces;
}

/** JSON within a string, as tool arguments are often sent. */
const nestedMost = 2;
function within(leaf: Leaf, policy: RedactionPolicy, nested: number): CutCounts {
  if (leaf.number || nested >= nestedMost || !/^\s*[{[]/.test(leaf.text)) return [];
  let parsed: unknown;
  try {
    parsed = JSON.parse(leaf.text);
  } catch {
    return [];
  }
  const { value, found } = redactJson(parsed, policy, nested + 1);
  if (found.length > 0) leaf.now = JSON.stringify(value);
  return found;
}

/** Puts what is left of each leaf in its place. */
function place(group: Group, cuts: readonly Cut[], policy: RedactionPolicy, nested: number): CutCounts {
  let from = nameOf(group).length;
  const blind: RedactionKind[] = [];
  const inside: CutCounts[] = [];
  const reach = reaching(cuts);
  for (const leaf of group.leaves) {
    const pieces = piecesOf(leaf, from, reach(from, from + leaf.text.length), policy);
    const left = without(leaf.text, pieces);
    const field = kindOfField(leaf.key, leaf.text, policy);
    const nestedFound = within(leaf, policy, nested);
    if (nestedFound.length > 0) inside.push(nestedFound);
    else if (field !== undefined && (pieces.length === 0 || /\d/.test(left.replace(/…\d{4}\]/, ']')))) {
      leaf.now = without(leaf.text, [{ start: 0, end: leaf.text.length, kind: field }]);
      if (pieces.length === 0) blind.push(field);
    } else if (pieces.length > 0) leaf.now = left;
    else if (mayBeCard(leaf)) {
      leaf.now = without(leaf.text, [{ start: 0, end: leaf.text.length, kind: 'card-part' }]);
      blind.push('card-part');
    }
    from += leaf.text.length + between.length;
  }
  return totalled([counted(cuts.map(({ kind }) => kind)), counted(blind), ...inside]);
}

/**
 * Redacts the strings, numbers and keys of JSON, and the values that their field names give away: tool arguments,
 * metadata. Parts that are nested too deep are cut whole.
 */
export function redactJson(value: unknown, policy: RedactionPolicy, nested = 0): { value: unknown; found: CutCounts } {
  const { groups, keys, cutShort, build } = grouped(value);
  const found: CutCounts[] = [];
  for (const key of keys.keys()) {
    const redacted = redactText(key, policy);
    keys.set(key, redacted.text);
    found.push(redacted.found);
  }
  const alone = groups.map((group) => cutsIn(group, freshRedactionState, policy));
  const hasCard = found.some(hasKind) || alone.some((cuts) => cuts.some(({ kind }) => kind === 'card'));
  for (const [at, group] of groups.entries()) {
    const cuts = hasCard ? cutsIn(group, besideCard, policy) : (alone[at] ?? []);
    found.push(place(group, cuts, policy, nested));
  }
  const unread: RedactionKind[] = Array.from({ length: cutShort() }, () => 'depth');
  return { value: build(), found: totalled([...found, counted(unread)]) };
}
const hasKind = (found: CutCounts): boolean => found.some(({ kind }) => kind === 'card');
