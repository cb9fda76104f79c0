/** @typedef {import('../audit-forms.js').JsonForm} JsonForm */

/** Expressions of forms, each made once: a long log asks for them with every line. @type {Map<string, RegExp>} */
const made = new Map();
/** @param {string} pattern */
function expressionOf(pattern) {
  const known = made.get(pattern) ?? new RegExp(pattern);
  made.set(pattern, known);
  return known;
}

/** @param {JsonForm} form @param {string} text */
const isText = ({ minLength = 0, maxLength = Infinity, pattern }, text) =>
  text.length >= minLength && text.length <= maxLength && (pattern === undefined || expressionOf(pattern).test(text));

/** @param {JsonForm} form @param {unknown} value */
const isCount = ({ minimum = -Infinity, exclusiveMinimum = -Infinity, maximum = Infinity }, value) =>
  Number.isSafeInteger(value) &&
  Number(value) >= minimum &&
  Number(value) > exclusiveMinimum &&
  Number(value) <= maximum;

/** @param {JsonForm} form @param {any} value */
function objectIn({ properties = {}, required = [] }, value) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  /** @type {Record<string, unknown>} */
  const found = {};
  for (const [name, form] of Object.entries(properties)) {
    if (!Object.hasOwn(value, name)) {
      if (required.includes(name)) return undefined;
      continue;
    }
    const read = inForm(form, value[name]);
    if (read === undefined) return undefined;
    found[name] = read;
  }
  return found;
}

/** @param {JsonForm} form @param {unknown} value */
function listIn({ items = {} }, value) {
  const read = Array.isArray(value) ? value.map((each) => inForm(items, each)) : [undefined];
  return read.includes(undefined) ? undefined : read;
}

/**
 * A value of JSON as a form has it: objects hold the properties that the form names, in its order. `undefined` for a
 * value in another form.
 * @param {JsonForm} form @param {unknown} value @returns {any}
 */
export function inForm(form, value) {
  const ways = form.oneOf ?? form.anyOf;
  if (ways !== undefined) {
    for (const each of ways) {
      const read = inForm(each, value);
      if (read !== undefined) return read;
    }
    return undefined;
  }
  if (form.const !== undefined) return value === form.const ? value : undefined;
  if (form.enum !== undefined) return form.enum.includes(value) ? value : undefined;
  if (form.type === 'object') return objectIn(form, value);
  if (form.type === 'array') return listIn(form, value);
  if (form.type === 'null') return value === null ? null : undefined;
  if (form.type === 'string') return typeof value === 'string' && isText(form, value) ? value : undefined;
  if (form.type === 'integer') return isCount(form, value) ? value : undefined;
  if (form.type === 'boolean') return typeof value === 'boolean' ? value : undefined;
  throw new RangeError(`no reader of ${JSON.stringify(form)}`);
}
