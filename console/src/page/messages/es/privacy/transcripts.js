/** Llamadas cuyas palabras se guardan, y su lectura. */
export const transcripts = {
  'menu.transcripts': 'Transcripciones',
  'transcripts.text':
    'Llamadas cuyas palabras se guardan, la más reciente primero. Las palabras están en la página de cada llamada.',
  'transcripts.none': 'No hay ninguna transcripción que esto seleccione.',
  'transcripts.agent': 'Agente',
  'transcripts.startedAt': 'Empezó',
  'transcripts.endedAt': 'Terminó',
  'transcripts.finalisedAt': 'Cerrada',
  'transcripts.whole': 'Entera',
  'transcripts.complete': 'la página lo envió todo',
  'transcripts.partial': 'puede faltar algo',
  'transcripts.read': 'Leer las palabras',
  'transcripts.again': 'Leer las palabras otra vez',
  'transcripts.readText':
    'El registro de auditoría guarda quién las leyó y por qué. Siguen aquí hasta que salga de esta página.',
  'speaker.user': 'Visitante',
  'speaker.assistant': 'Agente',
  'speaker.tool': 'Herramienta',
};
