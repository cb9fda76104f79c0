/** La palette de commandes : où aller, quoi commencer et où mène un identifiant. */
export const palette = {
  'palette.open': 'Chercher',
  'palette.title': 'Aller, commencer ou chercher',
  'palette.hint':
    'Un écran, une action ou un identifiant : d’un appel, d’une demande de confidentialité, d’une clé de widget ou d’un membre.',
  'palette.screen': 'Écran',
  'palette.action': 'Action',
  'palette.count': 'Lignes : {count}',
  'palette.none': 'Rien ne s’appelle ainsi, et ce n’est pas un identifiant que vous pouvez consulter.',
  'palette.keyOpen': 'ouvre et ferme ceci',
  'palette.keyChoose': 'choisissent une ligne',
  'palette.keyGo': 'y va',
  'palette.keyClose': 'ferme un dialogue',
  'people.member': 'Membre',
  'people.find': 'Adresse ou identifiant d’un membre',
  'keys.find': 'Clé de widget',
};
