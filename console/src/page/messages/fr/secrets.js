/** Secrets that tools send. */
export const secrets = {
  'menu.secrets': 'Secrets',
  'secrets.about':
    'Ce que les outils envoient à d’autres serveurs pour y entrer. Une valeur se donne une fois, et rien ne la montre plus.',
  'secrets.create': 'Garder un secret',
  'secrets.created': 'Le secret est gardé.',
  'secrets.name': 'Nom',
  'secrets.nameHint':
    'Une majuscule, puis des majuscules, des chiffres ou _, 64 au plus. Les outils l’écrivent {{secrets.NAME}}.',
  'secrets.value': 'Valeur',
  'secrets.valueHint': 'Une ligne. Le champ est vidé dès l’envoi ; après un refus, saisissez-la de nouveau.',
  'secrets.hosts': 'Hôtes',
  'secrets.hostsHint': 'Un par ligne, comme api.shop.com, avec son port sauf 443. Il n’est envoyé qu’à ceux-ci.',
  'secrets.version': 'Version en vigueur',
  'secrets.next': 'Version {version} à partir du',
  'secrets.old': 'Jours : {count}. Ancien : renouvelez-le.',
  'secrets.neverUsed': 'jamais',
  'secrets.none': 'Il n’y a aucun secret. Un outil qui n’en a pas besoin interroge son serveur sans.',
  'secrets.rotate': 'Renouveler',
  'secrets.rotateTitle': 'Renouveler {name}',
  'secrets.rotateText':
    'La nouvelle valeur prend la place de l’ancienne. Pour ajouter un hôte, nommez-le ici : il y faut la valeur.',
  'secrets.inForceFrom': 'En vigueur à partir du',
  'secrets.inForceFromHint': 'Vide, tout de suite ; au plus dans 90 jours. Jusque-là, l’ancienne valeur est envoyée.',
  'secrets.rotated': '{name} a une nouvelle valeur.',
  'secrets.setHosts': 'Retirer des hôtes',
  'secrets.hostsTitle': 'Hôtes de {name}',
  'secrets.hostsText': 'Laissez ceux auxquels il peut encore être envoyé. Pour en ajouter un, renouvelez le secret.',
  'secrets.hostsSet': 'Les hôtes de {name} sont modifiés.',
  'secrets.remove': 'Supprimer',
  'secrets.removeTitle': 'Supprimer {name}',
  'secrets.removeText':
    'Toutes ses versions disparaissent aussitôt, et les outils qui le nomment sont refusés. C’est irréversible.',
  'secrets.removed': '{name} est supprimé.',
};
