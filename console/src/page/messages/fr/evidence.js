/** Ce que dit une preuve sur papier. */
export const evidence = {
  'evidence.print': 'Imprimer',
  'evidence.zone': 'Fuseau horaire',
  'evidence.by': 'Imprimé par',
  'evidence.at': 'Imprimé',
  'evidence.address': 'Adresse',
};
