/** Die Befehlspalette: wohin man gehen, was man beginnen kann und wohin eine Kennung führt. */
export const palette = {
  'palette.open': 'Suchen',
  'palette.title': 'Gehen, beginnen oder suchen',
  'palette.hint':
    'Eine Ansicht, eine Aktion oder eine Kennung: eines Gesprächs, einer Datenschutzanfrage, eines Widget-Schlüssels oder eines Mitglieds.',
  'palette.screen': 'Ansicht',
  'palette.action': 'Aktion',
  'palette.count': 'Zeilen: {count}',
  'palette.none': 'Nichts heißt so, und es ist keine Kennung, die Sie nachsehen dürfen.',
  'palette.keyOpen': 'öffnet und schließt dies',
  'palette.keyChoose': 'wählen eine Zeile',
  'palette.keyGo': 'geht dorthin',
  'palette.keyClose': 'schließt einen Dialog',
  'people.member': 'Mitglied',
  'people.find': 'Adresse oder Kennung eines Mitglieds',
  'keys.find': 'Widget-Schlüssel',
};
