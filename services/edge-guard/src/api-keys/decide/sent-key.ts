/** Whether some text of a query holds a key: addresses stand in histories, in logs and in Referer. */
export const holdsKey = (query: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(query)
    .flat(2)
    .some((text) => /vks?_(dev|staging|production)_/.test(String(text)));
