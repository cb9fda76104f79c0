/** Les appels dont les paroles sont conservées, et leur lecture. */
export const transcripts = {
  'menu.transcripts': 'Transcriptions',
  'transcripts.text':
    'Les appels dont les paroles sont conservées, le plus récent d’abord. Les paroles sont sur la page de chaque appel.',
  'transcripts.none': 'Aucune transcription ne correspond à cette recherche.',
  'transcripts.agent': 'Agent',
  'transcripts.startedAt': 'Début',
  'transcripts.endedAt': 'Fin',
  'transcripts.finalisedAt': 'Close',
  'transcripts.whole': 'Entière',
  'transcripts.complete': 'la page a tout envoyé',
  'transcripts.partial': 'il peut manquer quelque chose',
  'transcripts.read': 'Lire les paroles',
  'transcripts.again': 'Relire les paroles',
  'transcripts.readText':
    'Le journal d’audit garde qui les a lues et pourquoi. Elles restent ici jusqu’à ce que vous quittiez la page.',
  'speaker.user': 'Visiteur',
  'speaker.assistant': 'Agent',
  'speaker.tool': 'Outil',
};
