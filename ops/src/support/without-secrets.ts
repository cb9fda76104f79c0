import { redactText, strictestPolicy } from '@vox/redaction';

const cut = '[cut]';

/** Forms by which a secret or a person is known wherever it stands. */
const forms: readonly RegExp[] = [
  /-----BEGIN [A-Z ]+-----[^"]*?(?:-----END [A-Z ]+-----|(?=")|$)/g,
  // A token of RFC 7519.
  /\beyJ[\w-]+(?:\.[\w-]*){1,4}/g,
  // Keys of ours and of the provider, and seeds of NATS.
  /\b(?:(?:sk|ek|sess|whsec)[-_]|(?:vk|vks|we)_)[\w-]{6,}/g,
  /\bS[UOANC][A-Z2-7]{40,}/g,
  /\b(?:Bearer|Basic)\s+[^\s"']+/gi,
  // A telephone number as ITU-T E.123 writes it.
  /\+\d[\d ().-]{6,}\d/g,
  /[^\s"'<>(),;:=]+@[^\s"'<>(),;:=]+\.[^\s"'<>(),;:=]+/g,
];
/** Who is to be let in, as an address holds it. */
const letIn = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#]*@/gi;

/** A text without what is a secret or a person by its form. The rest stays. */
export const withoutForms = (text: string): string =>
  forms.reduce((rest, form) => rest.replace(form, cut), text.replace(letIn, `$1${cut}@`));

/** What stays although letters and digits are mixed in it. */
const harmless =
  /^(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?|v?\d{1,4}(?:\.\d{1,5}){1,3}|\d{1,8}(?:ms|s|m|h|B|KiB|MiB|GiB)|[a-z][a-z.-]{0,60}:\d{1,5}|\[?[\d.:]{2,39}\]?:\d{1,5})$/i;
const mixed = /^(?=.*\d)(?=.*[^\d\W_]).{6,}$/u;
const digits = /^[\d -]{6,}$/;
const groups = /\b\d{2,5}(?:[ -]\d{2,5}){2,}\b(?!T)/g;
const long = /^[^\W\d_]{24,}$/u;

/** Numbers in groups, such as of a telephone. A date is one too, and stays. */
const withoutGroups = (text: string): string =>
  text.replace(groups, (found) => (/^\d{4}-\d\d-\d\d$/.test(found) ? found : cut));

const isDoubtful = (word: string): boolean =>
  !harmless.test(word) && (mixed.test(word) || digits.test(word) || long.test(word));

/**
 * A sentence of a log without anything that could be a secret or a person: what has a known form, what is a card or an
 * account, and each word that mixes letters and digits. It rather cuts too much.
 */
export const withoutSecrets = (text: string): string =>
  withoutGroups(redactText(withoutForms(text), strictestPolicy).text).replace(/[^\s"'`,;=()<>{}]+/g, (word) => {
    const bare = word.replace(/[.:!?]+$/, '');
    return isDoubtful(bare) ? word.replace(bare, () => cut) : word;
  });
