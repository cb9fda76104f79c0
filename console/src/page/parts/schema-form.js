/** Forms for what JSON Schema (2020-12) describes: fields of arguments, and what somebody typed into them. */

/** @typedef {'text' | 'number' | 'whole' | 'boolean' | 'choice' | 'json'} ArgumentKind */
/**
 * @typedef {Readonly<{name: string, kind: ArgumentKind, isNeeded: boolean, about: string, choices: readonly unknown[],
 *   initial: string}>} ArgumentField
 */
/** @typedef {Readonly<{name: string, why: 'number' | 'json'}>} Unreadable */

/** What may stand in a schema beside its properties, and says of no argument that it must be there or fit. */
const plain = new Set(['type', 'properties', 'required', 'additionalProperties', 'title', 'description', '$schema']);
const rules = ['$ref', '$dynamicRef', 'anyOf', 'oneOf', 'allOf', 'not', 'if'];
const fieldsMax = 40;
const choicesMax = 100;

/** @param {unknown} value @returns {value is Readonly<Record<string, unknown>>} */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isScalar = (/** @type {unknown} */ value) => value === null || typeof value !== 'object';

/** @type {Readonly<Record<string, ArgumentKind>>} */
const kinds = { string: 'text', number: 'number', integer: 'whole', boolean: 'boolean' };

/** The values that an argument may have, where they are counted. @param {Readonly<Record<string, unknown>>} schema */
function choicesOf(schema) {
  const listed = 'const' in schema ? [schema.const] : schema.enum;
  const isList = Array.isArray(listed) && listed.length > 0 && listed.length <= choicesMax;
  return isList && listed.every(isScalar) ? listed : [];
}

/** @param {unknown} schema @returns {Readonly<{kind: ArgumentKind, choices: readonly unknown[]}>} */
function formOf(schema) {
  if (!isObject(schema) || rules.some((rule) => rule in schema)) return { kind: 'json', choices: [] };
  const choices = choicesOf(schema);
  if (choices.length > 0) return { kind: 'choice', choices };
  const { type } = schema;
  const kind = typeof type === 'string' && Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  return { kind: kind ?? 'json', choices: [] };
}

/** Something that the schema itself offers. @param {unknown} schema */
const offered = (schema) => {
  if (!isObject(schema)) return undefined;
  return schema.default ?? (Array.isArray(schema.examples) ? schema.examples[0] : undefined);
};

/**
 * What somebody types for a value. `undefined` where no typing of this field makes it.
 * @param {Pick<ArgumentField, 'kind' | 'choices'>} field @param {unknown} value
 */
export function typedFor({ kind, choices }, value) {
  if (kind === 'json') return value === undefined ? undefined : JSON.stringify(value, null, 2);
  if (kind === 'choice') {
    const at = choices.indexOf(value);
    return at === -1 ? undefined : String(at);
  }
  if (kind === 'text') return typeof value === 'string' ? value : undefined;
  if (kind === 'boolean') return typeof value === 'boolean' ? String(value) : undefined;
  return typeof value === 'number' ? JSON.stringify(value) : undefined;
}

/**
 * The fields of a form for arguments; `undefined` where they are better written as one text of JSON. A choice is the
 * place of its value in `choices`.
 * @param {unknown} schema @returns {readonly ArgumentField[] | undefined}
 */
export function fieldsOf(schema) {
  if (!isObject(schema) || Object.keys(schema).some((word) => !plain.has(word))) return undefined;
  const { properties = {}, required, additionalProperties } = schema;
  if (!isObject(properties)) return undefined;
  const all = Object.entries(properties);
  if (all.length > fieldsMax || (all.length === 0 && additionalProperties !== false)) return undefined;
  const needed = Array.isArray(required) ? required : [];
  if (needed.some((name) => !Object.hasOwn(properties, name))) return undefined;
  return all.map(([name, of]) => {
    const form = formOf(of);
    const about = isObject(of) && typeof of.description === 'string' ? of.description : '';
    return { name, ...form, isNeeded: needed.includes(name), about, initial: typedFor(form, offered(of)) ?? '' };
  });
}

/** A number of JSON (RFC 8259 §6). */
const numberForm = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * The value of a JSON text.
 * @param {string} text @returns {Readonly<{value: unknown}> | undefined}
 */
export function jsonTyped(text) {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** @param {ArgumentField} field @param {string} text @returns {Readonly<{value: unknown}> | undefined} */
function read({ kind, choices }, text) {
  if (kind === 'text') return { value: text };
  if (kind === 'boolean') return { value: text === 'true' };
  if (kind === 'choice') return { value: choices[Number(text)] };
  if (kind === 'json') return jsonTyped(text);
  const value = numberForm.test(text.trim()) ? Number(text) : Number.NaN;
  // A longer number would be sent as another one.
  const isExact = kind === 'whole' ? Number.isSafeInteger(value) : Number.isFinite(value);
  return isExact ? { value } : undefined;
}

/**
 * The arguments that somebody typed. An empty field leaves its argument out, but a text that must be there is empty
 * then. What cannot be read is named.
 * @param {readonly ArgumentField[]} fields @param {(name: string) => string} typed
 * @returns {Readonly<{args: Record<string, unknown>, wrong: readonly Unreadable[]}>}
 */
export function argumentsOf(fields, typed) {
  /** @type {[string, unknown][]} */
  const entries = [];
  /** @type {Unreadable[]} */
  const wrong = [];
  for (const field of fields) {
    const { name, kind, isNeeded } = field;
    const text = typed(name);
    if (text === '' && !(kind === 'text' && isNeeded)) continue;
    const found = read(field, text);
    if (found === undefined) wrong.push({ name, why: kind === 'json' ? 'json' : 'number' });
    else entries.push([name, found.value]);
  }
  return { args: Object.fromEntries(entries), wrong };
}
