/** Lo que han usado las llamadas. */
export const usage = {
  'menu.usage': 'Uso',
  'usage.text':
    'Lo que usaron las llamadas liquidadas. Un día es uno del inquilino, con las llamadas que empezaron en él.',
  'usage.from': 'Primer día',
  'usage.to': 'Último día',
  'usage.byDay': 'Por día',
  'usage.byModel': 'Por modelo',
  'usage.day': 'Día',
  'usage.model': 'Modelo',
  'usage.others': 'otros',
  'usage.calls': 'Llamadas',
  'usage.time': 'Tiempo',
  'usage.tokens': 'Tokens',
  'usage.dollars': 'Dólares',
  'usage.total': 'Todo',
  'usage.none': 'No se usó nada en estos días.',
};
