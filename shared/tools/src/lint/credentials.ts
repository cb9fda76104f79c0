/** How credentials of well-known services begin, as their makers document it for secret scanners. */
const prefixes = [
  /\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,}/,
  /\b(?:gh[opsur]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,})/,
  /\bxox[abeprs]-[A-Za-z0-9-]{10,}/,
  /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/,
  /\bAIza[A-Za-z0-9_-]{30,}/,
  /\bya29\.[A-Za-z0-9_-]{20,}/,
  /\beyJ[A-Za-z0-9_-]{16}/,
  /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/,
  /\bkey-[0-9a-f]{32}\b/,
  /\bvk_[a-z]+_[A-Za-z0-9]+_[A-Za-z0-9_-]{16,}/,
  // Whoever has the address of a webhook may write to it.
  /\bhooks\.slack\.com\/services\/T/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
];
/** Beginnings that words have too, such as `sk-learn-based-classifier`. What follows in a credential has digits. */
const likeWords = /\b(?:sk[-_]|npm_|dop_v1_|shpat_|shpss_|whsec_|lin_api_|hf_|sq0atp-)[A-Za-z0-9_-]{16,}/g;

const shortest = 16;
/** Words of a name in camel case, its abbreviations and its numbers. */
const piece = /[A-Z]?[a-z]+|[A-Z]+|\d+/g;
/** `X509`, `webidl2js`, `k8sServiceAccountTokenProvider`: a long one has few numbers, and words of some letters. */
function isOfWords(name: string): boolean {
  if (/^\d*$/.test(name)) return name.length < shortest;
  const pieces = name.match(piece)?.length ?? 0;
  if (name.length < shortest) return pieces <= 4;
  return pieces <= (/[a-z]/.test(name) && /[A-Z]/.test(name) ? name.length / 4 : 2);
}
/** Names with hyphens, underscores or slashes between: a path, a header, a constant. */
const isOfNames = (text: string): boolean => text.split(/[-_/+=]/).every(isOfWords);

/** Whether a text holds a credential in a form that its maker documents. */
export const holdsKnown = (text: string): boolean =>
  prefixes.some((prefix) => prefix.test(text)) ||
  (text.match(likeWords) ?? []).some((found) => /\d/.test(found) && !isOfNames(found));

/** An id that everybody may know, as it is used. */
const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const word = /[A-Za-z0-9+/_-]{24,}={0,2}/g;
/** Bits for each character of a text, by how often each stands in it (Shannon). */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
const leastBits = 3.8;
const hex = /^[0-9a-f]+$/i;
const leastHexBits = 3.2;

/** Whether a word looks drawn at random: many different characters, digits among letters, no words in it. */
function isRandom(text: string): boolean {
  if (!/\d/.test(text) || !/[A-Za-z]/.test(text) || isOfNames(text)) return false;
  if (hex.test(text)) return text.length >= 32 && entropyOf(text) >= leastHexBits;
  return entropyOf(text) >= leastBits;
}

/** Whether a text holds a long word that looks drawn at random. */
export const holdsRandom = (text: string): boolean => (text.replace(uuid, ' ').match(word) ?? []).some(isRandom);
