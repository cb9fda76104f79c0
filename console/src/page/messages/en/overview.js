/** The overview: what needs attention, and today beside last week. */
export const overview = {
  'attention.title': 'What needs attention',
  'attention.none': 'Nothing needs you now.',
  'attention.budgetOut': 'Budgets that are used up: {count}.',
  'attention.budgetNear': 'Budgets that are nearly used up, or will be before the day ends: {count}.',
  'attention.requestsLate': 'Privacy requests that are late: {count}.',
  'attention.requestsSoon': 'Privacy requests that are due within a week: {count}.',
  'attention.incidentsLate': 'Incidents past a deadline: {count}.',
  'attention.keysOld': 'Widget keys older than 90 days: {count}.',
  'attention.keysEnd': 'Widget keys that end within two weeks: {count}.',
  'attention.missing': 'What is missing before production: {count}.',
  'overview.todayTitle': 'Today, beside last week',
  'overview.callsByDay': 'Calls by day',
  'overview.byDay': 'Settled calls by day',
  'overview.today': 'today',
  'overview.weekAgo': 'a week ago',
  'limit.forecast': 'Used up, at today’s pace',
};
