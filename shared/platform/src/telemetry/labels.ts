export type Labels = Readonly<Record<string, string>>;

/** The values that a label may take: a closed list. `about` is what the page on metrics says of them. */
export type Label = Readonly<{ values: readonly string[]; about: string }>;

/** What is recorded in the place of a value that stands in no list. */
export const otherValue = 'other';

export const oneOf = (values: readonly string[], about = values.filter((value) => value !== '').join(', ')): Label => ({
  values,
  about,
});

/** The most series that a metric can have in one copy of a service, if every label took every value. */
export const seriesMax = (labels: Readonly<Record<string, Label>>): number =>
  Object.values(labels).reduce((product, { values }) => product * (values.length + 1), 1);

/**
 * Makes what is given fit its lists. So no call site, whatever it does, can show a tenant, a person, an address or a
 * text in a label, or make more series than the lists allow.
 */
export function bounded(labels: Readonly<Record<string, Label>>): (given: Labels) => Labels {
  const known = new Map(Object.entries(labels).map(([name, { values }]) => [name, new Set(values)]));
  const fits = (given: Labels): boolean => {
    for (const name in given) if (known.get(name)?.has(given[name] ?? '') !== true) return false;
    return true;
  };
  return (given) => {
    // Nearly always; nothing is made anew then.
    if (fits(given)) return given;
    const listed = Object.entries(given).filter(([name]) => known.has(name));
    return Object.fromEntries(listed.map(([name, value]) => [name, known.get(name)?.has(value) ? value : otherValue]));
  };
}
