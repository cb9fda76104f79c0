/** La vue d’ensemble : ce qui demande attention, et aujourd’hui à côté de la semaine passée. */
export const overview = {
  'attention.title': 'Ce qui demande attention',
  'attention.none': 'Rien ne demande votre attention en ce moment.',
  'attention.budgetOut': 'Budgets épuisés : {count}.',
  'attention.budgetNear': 'Budgets presque épuisés, ou qui le seront avant la fin du jour : {count}.',
  'attention.requestsLate': 'Demandes de confidentialité en retard : {count}.',
  'attention.requestsSoon': 'Demandes de confidentialité à traiter dans la semaine : {count}.',
  'attention.incidentsLate': 'Incidents dont une échéance est passée : {count}.',
  'attention.keysOld': 'Clés de widget de plus de 90 jours : {count}.',
  'attention.keysEnd': 'Clés de widget qui prennent fin dans deux semaines : {count}.',
  'attention.missing': 'Ce qui manque avant la production : {count}.',
  'overview.todayTitle': 'Aujourd’hui, à côté de la semaine passée',
  'overview.callsByDay': 'Appels par jour',
  'overview.byDay': 'Appels réglés par jour',
  'overview.today': 'aujourd’hui',
  'overview.weekAgo': 'il y a une semaine',
  'limit.forecast': 'Épuisé, au rythme du jour',
};
