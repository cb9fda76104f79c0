/** Le chemin vers un premier appel, et un appel depuis la console. */
export const firstCall = {
  'menu.first-call': 'Premier appel',
  'start.agent': 'Un agent',
  'start.noAgent': 'Il n’y a pas encore d’agent. Mettez en place une politique qui en a un : avec vox, ou par l’API.',
  'start.key': 'Une clé pour votre page',
  'start.keyText':
    'Une clé de widget fonctionne sur les pages des origines que vous lui donnez, et nulle part ailleurs.',
  'start.page': 'La ligne dans votre page',
  'start.keyFirst': 'Dès qu’il y aura une clé, la ligne pour la page sera ici.',
  'start.onPages':
    'Elle fonctionne sur les pages de : {origins}. Cette étape est faite dès qu’un visiteur a appelé depuis l’une d’elles.',
  'start.try': 'Essayer ici',
  'start.tryText': 'Parlez maintenant à votre agent, sans page à vous. L’appel compte dans les limites des membres.',
  'try.title': 'Un appel d’essai',
  'try.text':
    'Vous parlez à l’agent en tant que membre, dans les limites des membres, par votre microphone. Le serveur passe l’appel. Il prend fin quand vous quittez cette page.',
  'try.start': 'Commencer l’appel',
  'try.end': 'Terminer l’appel',
  'try.ready': 'Tout est prêt.',
  'try.starting': 'L’appel commence…',
  'try.listening': 'L’agent écoute.',
  'try.speaking': 'L’agent parle.',
  'try.thinking': 'L’agent réfléchit.',
  'try.over': 'L’appel est terminé.',
  'try.because': 'Pourquoi il a pris fin : {why}.',
  'try.left': 'Temps restant : {time}',
  'try.captions': 'Ce qui se dit',
  'try.you': 'Vous',
  'try.noMicrophone':
    'Il n’y a aucun microphone que cette page peut utiliser. Autorisez-le dans le navigateur, puis recommencez.',
  'try.noLine':
    'Aucune ligne vers l’agent ne s’est établie, ou elle s’est perdue. Vérifiez votre réseau, puis recommencez.',
  'try.wordsKept': 'Votre locataire garde ce qui se dit dans les appels.',
  'try.timeline': 'La chronologie de cet appel',
  'problem.DIRECT_ONLY':
    'Votre locataire ne permet que les appels qu’un navigateur passe lui-même au fournisseur. La console n’en passe aucun.',
  'problem.MAX_CONCURRENT_SESSIONS': 'Un autre appel est déjà en cours. Terminez-le d’abord.',
  'problem.DAILY_QUOTA_EXCEEDED': 'Le budget pour ces appels est épuisé pour l’instant.',
  'problem.TENANT_SUSPENDED': 'Votre locataire est suspendu, ou son arrêt d’urgence est enclenché.',
};
