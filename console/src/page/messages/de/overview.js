/** Der Überblick: was Aufmerksamkeit braucht, und heute neben letzter Woche. */
export const overview = {
  'attention.title': 'Was Aufmerksamkeit braucht',
  'attention.none': 'Nichts braucht Sie gerade.',
  'attention.budgetOut': 'Aufgebrauchte Budgets: {count}.',
  'attention.budgetNear': 'Budgets, die fast aufgebraucht sind oder es vor Tagesende sein werden: {count}.',
  'attention.requestsLate': 'Verspätete Datenschutzanfragen: {count}.',
  'attention.requestsSoon': 'Datenschutzanfragen, die binnen einer Woche fällig sind: {count}.',
  'attention.incidentsLate': 'Vorfälle mit verstrichener Frist: {count}.',
  'attention.keysOld': 'Widget-Schlüssel, die älter als 90 Tage sind: {count}.',
  'attention.keysEnd': 'Widget-Schlüssel, die binnen zwei Wochen enden: {count}.',
  'attention.missing': 'Was vor dem Produktivbetrieb fehlt: {count}.',
  'overview.todayTitle': 'Heute, neben letzter Woche',
  'overview.callsByDay': 'Gespräche je Tag',
  'overview.byDay': 'Abgerechnete Gespräche je Tag',
  'overview.today': 'heute',
  'overview.weekAgo': 'vor einer Woche',
  'limit.forecast': 'Aufgebraucht, beim Tempo von heute',
};
