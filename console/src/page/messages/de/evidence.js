/** Was ein Nachweis auf Papier sagt. */
export const evidence = {
  'evidence.print': 'Drucken',
  'evidence.zone': 'Zeitzone',
  'evidence.by': 'Gedruckt von',
  'evidence.at': 'Gedruckt',
  'evidence.address': 'Adresse',
};
