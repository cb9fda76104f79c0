/** El resumen: qué necesita atención, y hoy junto a la semana pasada. */
export const overview = {
  'attention.title': 'Qué necesita atención',
  'attention.none': 'Nada le necesita ahora.',
  'attention.budgetOut': 'Presupuestos agotados: {count}.',
  'attention.budgetNear': 'Presupuestos casi agotados, o que lo estarán antes de que acabe el día: {count}.',
  'attention.requestsLate': 'Solicitudes de privacidad vencidas: {count}.',
  'attention.requestsSoon': 'Solicitudes de privacidad que vencen en una semana: {count}.',
  'attention.incidentsLate': 'Incidentes con un plazo vencido: {count}.',
  'attention.keysOld': 'Claves de widget de más de 90 días: {count}.',
  'attention.keysEnd': 'Claves de widget que acaban en dos semanas: {count}.',
  'attention.missing': 'Lo que falta antes de producción: {count}.',
  'overview.todayTitle': 'Hoy, junto a la semana pasada',
  'overview.callsByDay': 'Llamadas por día',
  'overview.byDay': 'Llamadas liquidadas por día',
  'overview.today': 'hoy',
  'overview.weekAgo': 'hace una semana',
  'limit.forecast': 'Agotado, al ritmo de hoy',
};
