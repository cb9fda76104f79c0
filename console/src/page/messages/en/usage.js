/** What calls have used. */
export const usage = {
  'menu.usage': 'Usage',
  'usage.text': 'What settled calls have used. A day is one of the tenant’s, and counts the calls that began in it.',
  'usage.from': 'First day',
  'usage.to': 'Last day',
  'usage.byDay': 'By day',
  'usage.byModel': 'By model',
  'usage.day': 'Day',
  'usage.model': 'Model',
  'usage.others': 'others',
  'usage.calls': 'Calls',
  'usage.time': 'Time',
  'usage.tokens': 'Tokens',
  'usage.dollars': 'Dollars',
  'usage.total': 'All',
  'usage.none': 'Nothing was used in these days.',
};
