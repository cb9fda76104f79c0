/** Lo que dice una prueba en papel. */
export const evidence = {
  'evidence.print': 'Imprimir',
  'evidence.zone': 'Zona horaria',
  'evidence.by': 'Impreso por',
  'evidence.at': 'Impreso',
  'evidence.address': 'Dirección',
};
