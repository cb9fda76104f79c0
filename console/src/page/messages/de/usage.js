/** Was Gespräche verbraucht haben. */
export const usage = {
  'menu.usage': 'Verbrauch',
  'usage.text':
    'Was abgerechnete Gespräche verbrauchten. Ein Tag ist einer des Mandanten und zählt, was in ihm begann.',
  'usage.from': 'Erster Tag',
  'usage.to': 'Letzter Tag',
  'usage.byDay': 'Nach Tag',
  'usage.byModel': 'Nach Modell',
  'usage.day': 'Tag',
  'usage.model': 'Modell',
  'usage.others': 'andere',
  'usage.calls': 'Gespräche',
  'usage.time': 'Zeit',
  'usage.tokens': 'Token',
  'usage.dollars': 'Dollar',
  'usage.total': 'Alles',
  'usage.none': 'In diesen Tagen wurde nichts verbraucht.',
};
