/** The command palette: where one can go, what one can begin, and what an id leads to. */
export const palette = {
  'palette.open': 'Find',
  'palette.title': 'Go to, begin or find',
  'palette.hint': 'A screen, an action, or an id: of a call, a privacy request, a widget key or a member.',
  'palette.screen': 'Screen',
  'palette.action': 'Action',
  'palette.count': 'Lines: {count}',
  'palette.none': 'Nothing is called that, and it is no id that you may look up.',
  'palette.keyOpen': 'opens and closes this',
  'palette.keyChoose': 'choose a line',
  'palette.keyGo': 'goes there',
  'palette.keyClose': 'closes a dialog',
  'people.member': 'Member',
  'people.find': 'Address or id of a member',
  'keys.find': 'Widget key',
};
