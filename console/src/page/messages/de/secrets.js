/** Secrets that tools send. */
export const secrets = {
  'menu.secrets': 'Geheimnisse',
  'secrets.about':
    'Was Werkzeuge an andere Server senden, um eingelassen zu werden. Ein Wert wird einmal gegeben, und nichts zeigt ihn wieder.',
  'secrets.create': 'Geheimnis verwahren',
  'secrets.created': 'Das Geheimnis ist verwahrt.',
  'secrets.name': 'Name',
  'secrets.nameHint':
    'Ein Großbuchstabe, dann Großbuchstaben, Ziffern oder _, höchstens 64. Werkzeuge schreiben es {{secrets.NAME}}.',
  'secrets.value': 'Wert',
  'secrets.valueHint':
    'Eine Zeile. Das Feld wird beim Senden sofort geleert; nach einer Ablehnung geben Sie den Wert noch einmal ein.',
  'secrets.hosts': 'Hosts',
  'secrets.hostsHint':
    'Einer je Zeile, etwa api.shop.com, mit Port, wenn er nicht 443 ist. Nur an diese wird es gesendet.',
  'secrets.version': 'Geltende Version',
  'secrets.next': 'Version {version} ab',
  'secrets.old': 'Tage: {count}. Alt: erneuern Sie es.',
  'secrets.neverUsed': 'nie',
  'secrets.none': 'Es gibt kein Geheimnis. Ein Werkzeug, das keines braucht, fragt seinen Server ohne.',
  'secrets.rotate': 'Erneuern',
  'secrets.rotateTitle': '{name} erneuern',
  'secrets.rotateText':
    'Der neue Wert tritt an die Stelle des alten. Einen Host fügen Sie hier hinzu: dafür braucht es den Wert.',
  'secrets.inForceFrom': 'Gilt ab',
  'secrets.inForceFromHint': 'Leer: sofort; höchstens 90 Tage voraus. Bis dahin wird der alte Wert gesendet.',
  'secrets.rotated': '{name} hat einen neuen Wert.',
  'secrets.setHosts': 'Hosts wegnehmen',
  'secrets.hostsTitle': 'Hosts von {name}',
  'secrets.hostsText':
    'Lassen Sie die stehen, an die es noch gesendet werden darf. Um einen hinzuzufügen, erneuern Sie es.',
  'secrets.hostsSet': 'Die Hosts von {name} sind geändert.',
  'secrets.remove': 'Entfernen',
  'secrets.removeTitle': '{name} entfernen',
  'secrets.removeText':
    'Alle seine Versionen sind sofort weg, und Werkzeuge, die es nennen, werden abgelehnt. Das lässt sich nicht rückgängig machen.',
  'secrets.removed': '{name} ist entfernt.',
};
