/** La paleta de órdenes: adónde se puede ir, qué se puede empezar y adónde lleva un identificador. */
export const palette = {
  'palette.open': 'Buscar',
  'palette.title': 'Ir, empezar o buscar',
  'palette.hint':
    'Una pantalla, una acción o un identificador: de una llamada, una solicitud de privacidad, una clave de widget o un miembro.',
  'palette.screen': 'Pantalla',
  'palette.action': 'Acción',
  'palette.count': 'Líneas: {count}',
  'palette.none': 'Nada se llama así, y no es un identificador que usted pueda consultar.',
  'palette.keyOpen': 'abre y cierra esto',
  'palette.keyChoose': 'eligen una línea',
  'palette.keyGo': 'va allí',
  'palette.keyClose': 'cierra un diálogo',
  'people.member': 'Miembro',
  'people.find': 'Correo o identificador de un miembro',
  'keys.find': 'Clave de widget',
};
