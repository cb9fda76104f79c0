/** Ce que les appels ont utilisé. */
export const usage = {
  'menu.usage': 'Utilisation',
  'usage.text':
    'Ce qu’ont utilisé les appels soldés. Un jour est celui du locataire, avec les appels qui y ont commencé.',
  'usage.from': 'Premier jour',
  'usage.to': 'Dernier jour',
  'usage.byDay': 'Par jour',
  'usage.byModel': 'Par modèle',
  'usage.day': 'Jour',
  'usage.model': 'Modèle',
  'usage.others': 'autres',
  'usage.calls': 'Appels',
  'usage.time': 'Durée',
  'usage.tokens': 'Jetons',
  'usage.dollars': 'Dollars',
  'usage.total': 'Tout',
  'usage.none': 'Rien n’a été utilisé ces jours-là.',
};
